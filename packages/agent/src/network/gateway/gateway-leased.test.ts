import type { BoxConfig, LeasedLine } from '@opensag/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answering, asked, impatience, type Talker } from '../../../../../test/support/talk.ts'
import { limit } from '../../../../../test/support/time.ts'
import type { BoxFacts } from '../../box/box-state.ts'
import { hasTags } from '../machine.ts'
import { configOf, openWorld, reaches, type TestWorld, whatNetworksNeed } from './testing/world.suite.ts'

const lack = await whatNetworksNeed()
const tags = await hasTags()

/** On the LAN. */
const host = '172.16.1.250'
const roles = [{ port: 'spare', role: 'ECC' }] as const
const tagged = (vlan: number, last = 1): LeasedLine => ({
  port: 'spare',
  vlan,
  ip: `192.168.${vlan}.${last}`,
  length: 29,
})

describe.skipIf(lack !== undefined)(`leased lines of a gateway${lack ? ` (${lack})` : ''}`, () => {
  let world: TestWorld
  let branch: Talker | undefined

  beforeAll(async () => {
    world = await openWorld({ spare: true })
    await world.start()
    await world.line.ip([
      ...['link set eth0 up', 'address add 192.168.0.6/29 dev eth0'],
      ...(tags ? [10, 11] : []).flatMap((vlan) => [
        `link add link eth0 name v${vlan} type vlan id ${vlan}`,
        `link set v${vlan} up`,
        `address add 192.168.${vlan}.6/29 dev v${vlan}`,
      ]),
      'route add 172.16.1.0/24 via 192.168.0.1',
    ])
    branch = await answering(world.router, 'branch', [80])
  }, limit(60_000))

  afterAll(async () => {
    await branch?.end()
    await world?.close()
  }, limit(60_000))

  async function apply(box: BoxConfig | undefined, acl?: Parameters<typeof configOf>[0]): Promise<BoxFacts> {
    const config = configOf({ ...acl, ...(box === undefined ? {} : { box }) })
    await world.apply(config)
    await world.network().forwarding.open(undefined)
    return world.network().box.read(config)
  }

  const toPeer = (vlan: number): Promise<boolean> => reaches(world.router, `192.168.${vlan}.6`, host)

  test(
    'with a role a spare interface is a leased line: the branch and the other side reach each other, and nothing else',
    async () => {
      const spare = await apply(undefined)
      expect([spare.ports[2]?.role, spare.ecc]).toEqual(['NONE', []])
      const facts = await apply({ roles, ecc: [tagged(0)] })
      expect([facts.ports[2]?.role, facts.ecc, facts.refused]).toEqual(['ECC', [tagged(0)], []])
      expect(await reaches(world.line, '192.168.0.1')).toBe(true)
      expect(await toPeer(0)).toBe(true)
      const from = { protocol: 'tcp', to: host, port: 80, source: '192.168.0.6' } as const
      expect(await asked(world.line, from)).toBe('branch 192.168.0.6')
      const console = await answering(world.gateway, 'console', [8080])
      expect(await asked(world.line, { ...from, to: '192.168.0.1', port: 8080 }, impatience)).toBeUndefined()
      await console.end()
      const drop = { policy: 'drop', direction: 'in', side: 'network', protocol: 'any' } as const
      await apply({ roles, ecc: [tagged(0)] }, { acl: [{ ...drop, from: '0.0.0.0/0', to: '0.0.0.0/0' }] })
      expect(await asked(world.line, from, impatience)).toBeUndefined()
    },
    limit(60_000),
  )

  test(
    'another address takes the place of the one before in its network; without the role there is no line',
    async () => {
      await apply({ roles, ecc: [tagged(0)] })
      expect((await apply({ roles, ecc: [tagged(0, 2)] })).ecc).toEqual([tagged(0, 2)])
      expect(await world.gateway.addresses('spare')).toEqual(['192.168.0.2'])
      await world.line.ip(['route replace 172.16.1.0/24 via 192.168.0.2'])
      expect(await toPeer(0)).toBe(true)
      const without = await apply({ roles: [{ port: 'spare', role: 'NONE' }], ecc: [tagged(0)] })
      expect([without.ports[2]?.role, without.ecc]).toEqual(['NONE', []])
      expect(await toPeer(0)).toBe(false)
      await world.line.ip(['route replace 172.16.1.0/24 via 192.168.0.1'])
    },
    limit(60_000),
  )

  // What a line with a tag is, the kernel decides: CONFIG_VLAN_8021Q.
  const taggedAnswer = (): void =>
    test(
      'lines with a tag answer with it, and no other',
      async () => {
        expect((await apply({ roles, ecc: [tagged(10), tagged(11)] })).ecc).toEqual([tagged(10), tagged(11)])
        await world.line.ip(['route replace 172.16.1.0/24 via 192.168.10.1'])
        expect(await toPeer(10)).toBe(true)
        expect(await reaches(world.line, '192.168.11.1')).toBe(true)
        await apply({ roles, ecc: [tagged(10, 2)] })
        expect(await reaches(world.line, '192.168.11.1')).toBe(false)
        await world.line.ip(['route replace 172.16.1.0/24 via 192.168.10.2'])
        expect(await toPeer(10)).toBe(true)
        await apply({ roles, ecc: [tagged(0)] })
        expect(await world.gateway.interfaces()).not.toContain('ecc10')
      },
      limit(60_000),
    )

  const taggedRefused = (): void =>
    test('of a line with a tag a kernel without VLANs says that it has none; the others are there', async () => {
      const facts = await apply({ roles, ecc: [tagged(10)] })
      expect([facts.ecc, facts.refused.map(({ section }) => section)]).toEqual([[], ['ecc']])
    })

  if (tags) taggedAnswer()
  else taggedRefused()

  test(
    'what the file of the gateway says of its other ports is no role of a leased line; taken away, no line is left',
    async () => {
      const refused = async (port: string, role: 'ECC' | 'LAN' | 'WAN') =>
        (await apply({ roles: [{ port, role }] })).refused.map(({ section }) => section)
      expect(await refused('lan', 'ECC')).toEqual(['roles'])
      expect(await refused('wan', 'LAN')).toEqual(['roles'])
      expect(await refused('spare', 'WAN')).toEqual(['roles'])
      expect(await refused('spare', 'ECC')).toEqual([])
      await apply({ roles, ecc: [tagged(tags ? 11 : 0)] })
      await world.remove()
      expect(await world.gateway.interfaces()).not.toContain('ecc11')
      expect(await world.gateway.addresses('spare')).toEqual([])
    },
    limit(60_000),
  )
})
