import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createLinuxAccountVault } from '@opensag/agent'
import { Secret } from '@opensag/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { purchase } from '../support/signed-request.ts'
import { limit, until } from '../support/time.ts'
import { type Box, startBox, whatBoxesNeed } from './box.ts'
import { makeCertificate } from './certificate.ts'
import {
  type Api,
  apiOf,
  enrolmentKeyOf,
  freePort,
  type Place,
  prepareGateway,
  reachable,
  type Service,
  startAgent,
  startServer,
  type Told,
} from './fault-world.ts'
import { faults } from './faults.ts'
import { type SshServer, startSshServer } from './ssh.ts'

const lack = whatBoxesNeed({ openssl: 'openssl', nft: 'nftables', tc: 'iproute2' })
const seed = Number(process.env['OPENSAG_SEED'] ?? Date.now() % 1_000_000)
const changes = Number(process.env['OPENSAG_FAULTS'] ?? 500)
const gatewayCount = 8
/** Every so many changes `ssh` is asked too: a refusal takes it seconds. */
const sshEvery = 20
const nudgeMs = 15_000

interface Gateway {
  readonly serial: string
  readonly box: Box
  readonly ssh: SshServer
  readonly agent: Service
  readonly instance: string
  /** The password that opens it now; undefined before the first. */
  password: string | undefined
}

describe.skipIf(lack !== undefined)(
  `${changes} changes, each with a fault (seed ${seed})${lack ? ` (${lack})` : ''}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'opensag-faults-'))
    const vault = createLinuxAccountVault({ account: 'admin' })
    const boxes: Box[] = []
    const gateways: Gateway[] = []
    const tally = new Map<string, Map<Told['is'], number>>()
    let place: Place
    let api: Api
    let server: Service | undefined

    beforeAll(async () => {
      // One after the other: each looks for a network that is free.
      for (let index = 0; index < gatewayCount; index++) boxes.push(await startBox())
      const host = boxes[0]?.hostAddress ?? ''
      makeCertificate(folder, host)
      place = { folder, host, port: await freePort(host) }
      api = apiOf(place)
      server = startServer(place)
      await reachable(api)
      await Promise.all(boxes.map(async (box, index) => gateways.push(await enrol(box, `sag-fault-${index}`))))
    }, limit(240_000))

    afterAll(async () => {
      await Promise.all(gateways.map(({ agent }) => agent.stop()))
      await server?.stop()
      await Promise.all(boxes.map((box) => box.stop()))
      rmSync(folder, { recursive: true, force: true })
    })

    async function enrol(box: Box, serial: string): Promise<Gateway> {
      await prepareGateway(box, place, await enrolmentKeyOf(place, serial))
      const instance = String((await api.call('CreateSmartAccessGateway', purchase))['SmartAGId'])
      await api.call('BindSerialNumber', { SmartAGId: instance, SerialNumber: serial })
      await api.call('ActivateSmartAccessGateway', { SmartAGId: instance })
      const gateway = {
        serial,
        box,
        instance,
        ssh: await startSshServer(box),
        agent: startAgent(box, place, serial),
        password: undefined,
      }
      await connected(gateway)
      return gateway
    }

    async function connected({
      serial,
      instance,
      agent,
    }: Pick<Gateway, 'serial' | 'instance' | 'agent'>): Promise<void> {
      let nudgeAt = Date.now() + nudgeMs
      let said: unknown
      try {
        await until(
          `${serial} is connected`,
          async () => {
            // After many failures it waits up to a minute before the next attempt. Started anew it comes at once.
            if (Date.now() > nudgeAt) {
              nudgeAt += nudgeMs
              agent.signal('SIGKILL')
            }
            said = await api.state(instance, serial)
            return said === 'Normal'
          },
          limit(120_000),
        )
      } catch (error) {
        const last = (service: Service | undefined): string | undefined => service?.output().slice(-4000)
        console.error({ serial, said, agent: last(agent), server: last(server) })
        throw error
      }
    }

    /** Whether the one entry that sshd goes by is that password's. */
    async function accepts({ box }: Gateway, password: string | undefined): Promise<boolean> {
      const line = readFileSync(box.path('/etc/shadow'), 'utf8')
        .split('\n')
        .find((entry) => entry.startsWith('admin:'))
      const hash = line?.split(':')[1] ?? ''
      if (password === undefined) return !hash.startsWith('$')
      return hash.startsWith('$') && vault.verify(Secret.of(password), hash)
    }

    /** At its console, as soon as that is there again: whether the server has noticed yet that the agent is gone is chance. */
    async function logsOn({ box, serial }: Gateway, password: string): Promise<boolean> {
      const body = new URLSearchParams({ username: 'admin', password })
      let status = 0
      await until(`the console of ${serial} answers`, async () => {
        try {
          const answer = await fetch(`http://${box.address}:8080/login`, { method: 'POST', body, redirect: 'manual' })
          status = answer.status
          return true
        } catch (error) {
          if (error instanceof TypeError) return false // nobody listens
          throw error
        }
      })
      return status === 303
    }

    async function changeWithFault(gateway: Gateway, count: number, random: () => number): Promise<void> {
      const { serial, instance } = gateway
      const before = gateway.password
      const wanted = `Change_${count}_${Math.floor(random() * 1e9)}`
      const fault = pick(random)
      const [delay, lasting] = [random() * 400, 50 + random() * 2400]
      const where = `${serial}, change ${count}, seed ${seed}: ${fault.name} after ${Math.round(delay)} ms`

      const asked = api.tell('ModifySAGAdminPassword', { SmartAGId: instance, SmartAGSn: serial, Password: wanted })
      const wrong = pause(delay).then(() => fault.run({ ...gateway, server: server as Service }, lasting))
      wrong.catch(() => 'told below')
      const told = await asked
      // At the moment of the answer, whatever is still going wrong.
      if (told.is === 'success')
        expect({ where, accepts: await accepts(gateway, wanted) }).toEqual({ where, accepts: true })
      await wrong
      await connected(gateway)

      const holds = [await accepts(gateway, before), await accepts(gateway, wanted)]
      const expected =
        told.is === 'unknown' ? [expect.any(Boolean), !holds[0]] : [told.is !== 'success', told.is === 'success']
      expect({ where, told, holds }).toEqual({ where, told, holds: expected })
      gateway.password = holds[1] ? wanted : before
      const [now, other] = holds[1] ? [wanted, before] : [before, wanted]
      if (now !== undefined) expect({ where, opens: await logsOn(gateway, now) }).toEqual({ where, opens: true })
      if (now !== undefined && count % sshEvery === 0) {
        const opens = [
          await gateway.ssh.accepts('admin', now),
          other !== undefined && (await gateway.ssh.accepts('admin', other)),
        ]
        expect({ where, opens }).toEqual({ where, opens: [true, false] })
      }
      const outcomes = tally.get(fault.name) ?? new Map<Told['is'], number>()
      tally.set(fault.name, outcomes.set(told.is, (outcomes.get(told.is) ?? 0) + 1))
    }

    test(
      'after each the gateway accepts what was answered, and only that',
      async () => {
        const started = Date.now()
        let next = 0
        const results = await Promise.allSettled(
          gateways.map(async (gateway, index) => {
            const random = randomFrom(seed + index)
            while (next < changes) await changeWithFault(gateway, next++, random)
          }),
        )
        console.log(`${changes} changes in ${Math.round((Date.now() - started) / 1000)} s, seed ${seed}`)
        for (const [name, outcomes] of tally) console.log(name, Object.fromEntries(outcomes))
        const failed = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
        if (failed.length > 0) throw failed[0]

        const all = [...tally.values()].flatMap((outcomes) => [...outcomes.entries()])
        const of = (is: Told['is']): number => all.reduce((sum, [told, times]) => sum + (told === is ? times : 0), 0)
        // Both have been seen, or it shows nothing.
        expect(Math.min(of('success'), of('failure'))).toBeGreaterThan(changes / 20)
      },
      limit(1_200_000),
    )
  },
)

function pick(random: () => number): (typeof faults)[number] {
  let left = random() * faults.reduce((sum, { weight }) => sum + weight, 0)
  for (const fault of faults) {
    left -= fault.weight
    if (left < 0) return fault
  }
  return faults[0] as (typeof faults)[number]
}

function randomFrom(start: number): () => number {
  let state = (Math.imul(start, 2_654_435_761) + 12_345) >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
