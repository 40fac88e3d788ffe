import type { WanPort } from '@opensag/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answering, asked, impatience, type Talker } from '../../../../../test/support/talk.ts'
import { limit } from '../../../../../test/support/time.ts'
import type { BoxFacts } from '../../box/box-state.ts'
import {
  configOf,
  openWorld,
  outside,
  reaches,
  type TestWorld,
  wanIp,
  whatNetworksNeed,
} from './testing/world.suite.ts'

const lack = await whatNetworksNeed()

/** On the LAN, and what its line is given. */
const host = '172.16.1.250'
const fixed = '198.51.100.7'
const line: WanPort = { port: 'wan', type: 'STATIC', priority: 1, weight: 100, isp: 'Other' }
const address = { ip: fixed, length: 24, gateway: '198.51.100.1' }

/** Bytes that count, and those before them: until it goes as fast as it may. */
const [before, counted] = [100_000, 400_000]

/** Says how many milliseconds what counts takes. */
const sink = `
let got = 0, from
require('net').createServer((socket) => socket.on('data', ({ length }) => {
  got += length
  if (from === undefined && got >= ${before}) from = process.hrtime.bigint()
  if (got >= ${before + counted}) { console.log(Number((process.hrtime.bigint() - from) / 1000n) / 1000); process.exit() }
})).listen(5001)`

/** Sends as much as it can, again when nobody listens yet, until it may no longer. */
const source = `
const send = (begun = false) => {
  const socket = require('net').connect({ port: 5001, host: '${outside}', localAddress: '${host}' }, () => { begun = true; fill() })
  const fill = () => { while (socket.write(Buffer.alloc(16384))); }
  socket.on('drain', fill).on('error', () => {})
  socket.on('close', () => begun ? process.exit() : setTimeout(send, 20))
}
send()`

describe.skipIf(lack !== undefined)(`the line of a gateway to the Internet${lack ? ` (${lack})` : ''}`, () => {
  let world: TestWorld
  let internet: Talker | undefined

  beforeAll(async () => {
    world = await openWorld()
    await world.start()
    await world.internet.ip(['address add 198.51.100.1/24 dev eth0'])
    internet = await answering(world.internet, 'internet', [443])
  }, limit(60_000))

  afterAll(async () => {
    await internet?.end()
    await world?.close()
  }, limit(60_000))

  async function apply(wan?: Partial<WanPort>): Promise<BoxFacts> {
    const config = configOf({ box: { snat: true, ...(wan === undefined ? {} : { wan: [{ ...line, ...wan }] }) } })
    await world.apply(config)
    await world.network().forwarding.open(undefined)
    return world.network().box.read(config)
  }

  const fromBranch = (ms?: number) => asked(world.router, { protocol: 'tcp', to: outside, port: 443, source: host }, ms)

  test(
    'its line has the address that is set and answers there, and the branch reaches the Internet by it; then it is as before',
    async () => {
      const was = await apply()
      expect(await fromBranch()).toBe(`internet ${wanIp}`)

      const set = await apply(address)
      expect(set.wan).toEqual([
        {
          ...{ port: 'wan', type: 'STATIC', ...address },
          ...{ priority: 1, weight: 100, isp: 'Other', isActive: true },
        },
      ])
      expect(await reaches(world.internet, fixed)).toBe(true)
      expect(await fromBranch()).toBe(`internet ${fixed}`)
      expect(world.tunnels()?.wan).toBe(fixed)
      // Another next hop takes the place of the first one.
      await world.internet.ip(['address add 198.51.100.9/24 dev eth0'])
      expect((await apply({ ...address, gateway: '198.51.100.9' })).wan).toMatchObject([{ gateway: '198.51.100.9' }])
      expect(await fromBranch()).toBe(`internet ${fixed}`)

      expect(await apply()).toEqual(was)
      expect(await fromBranch()).toBe(`internet ${wanIp}`)
      expect(await reaches(world.internet, fixed)).toBe(false)
    },
    limit(60_000),
  )

  test(
    'an address that the machine has by itself stays when it is not set any more; a line of priority -1 carries nothing',
    async () => {
      const own = { ip: wanIp, length: 24, gateway: '192.0.2.1' }
      expect((await apply(own)).wan).toMatchObject([{ ip: wanIp, isActive: true }])
      expect(await fromBranch()).toBe(`internet ${wanIp}`)
      expect((await apply({ ...own, priority: -1 })).wan).toMatchObject([{ priority: -1, isActive: false }])
      expect(await fromBranch(impatience)).toBeUndefined()
      await apply()
      expect(await world.gateway.addresses('wan')).toEqual([wanIp])
      expect(await fromBranch()).toBe(`internet ${wanIp}`)
    },
    limit(60_000),
  )

  test(
    'a rate halves with what the line may send; a queue of somebody else stays, and it says so',
    async () => {
      const own = { ip: wanIp, length: 24, gateway: '192.0.2.1' }
      const taken = async (bandwidth: number): Promise<number> => {
        expect((await apply({ ...own, bandwidth })).wan).toMatchObject([{ bandwidth }])
        const [said] = await Promise.all([
          world.internet.run(['node', '-e', sink]),
          world.router.run(['node', '-e', source]),
        ])
        return Number(said)
      }
      const whole = await taken(4)
      const half = await taken(2)
      expect(half / whole).toBeGreaterThan(1.4)
      expect(half / whole).toBeLessThan(2.9)
      const root = () => world.gateway.run(['tc', 'qdisc', 'show', 'dev', 'wan', 'root'])
      await apply()
      expect(await root()).not.toContain('htb')
      await world.gateway.tc(['qdisc add dev wan root handle 5: pfifo'])
      const facts = await apply({ ...own, bandwidth: 4 })
      expect([facts.wan[0]?.bandwidth, facts.refused.map(({ section }) => section)]).toEqual([undefined, ['wan']])
      expect(await root()).toContain('pfifo 5:')
      await world.gateway.tc(['qdisc del dev wan root'])
    },
    limit(60_000),
  )

  test(
    'what the machine cannot do it says of: PPPoE, and an address of a DHCP server while it has one of its own',
    async () => {
      const refused = async (wan: Partial<WanPort>) => (await apply(wan)).refused
      expect(await refused({ type: 'PPPOE', username: 'branch01' })).toEqual([
        { section: 'wan', reason: 'This machine has no PPPoE.' },
      ])
      expect(await refused({ type: 'DHCP' })).toEqual([
        { section: 'wan', reason: 'The system of this machine has set the address of the port.' },
      ])
      expect(await refused(address)).toEqual([])
      await apply()
    },
    limit(60_000),
  )

  test(
    'taken away, nothing of the line that was set is left',
    async () => {
      await apply({ ...address, bandwidth: 4 })
      await world.remove()
      expect(await world.gateway.addresses('wan')).toEqual([wanIp])
      const left = await world.gateway.run(['sh', '-c', 'ip -4 route show; tc qdisc show dev wan'])
      expect(left).not.toMatch(/0\.0\.0\/1|htb/)
    },
    limit(60_000),
  )
})
