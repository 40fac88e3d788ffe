import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createLinuxAccountVault } from '@opensag/agent'
import { Secret } from '@opensag/protocol'
import { makeCertificate } from '../support/certificate.ts'
import { purchase } from '../support/signed-request.ts'
import { limit, until } from '../support/time.ts'
import { type Box, startBox } from './box.ts'
import {
  type Api,
  apiOf,
  enrolmentKeyOf,
  freePort,
  type Place,
  prepareGateway,
  reachable,
  startAgent,
  type Told,
} from './fault-world.ts'
import type { WeightedFault } from './faults.ts'
import type { Service } from './service.ts'
import { type SshServer, startSshServer } from './ssh.ts'

/** Every so many changes `ssh` is asked too: a refusal takes it seconds. */
const sshEvery = 20
/** How long a gateway that does not come back waits before its program is started anew. */
const nudgeMs = 15_000
/** How long nobody asks again whether a gateway is back, which takes seconds: sixteen that ask at once keep the server busy. */
const askAgainMs = 200

/** A gateway accepts another password than was answered. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise'
}

export interface FaultRunOptions {
  readonly seed: number
  readonly gateways: number
  readonly faults: readonly WeightedFault[]
  /** Starts the server under test; it is started again whenever it is killed. */
  readonly startServer: (place: Place) => Service
}

/** A server and its gateways, on which one change after another meets a fault. */
export interface FaultRun {
  /**
   * Changes passwords, as many as that in all, one after the other at each gateway, and tells of all since the start.
   * @throws the first broken promise.
   */
  change(changes: number): Promise<Tally>
  stop(): Promise<void>
}

/** How often each fault was answered how. */
export type Tally = ReadonlyMap<string, ReadonlyMap<Told['is'], number>>

interface Gateway {
  readonly serial: string
  readonly box: Box
  readonly ssh: SshServer
  readonly agent: Service
  readonly instance: string
  /** The password that opens it now; undefined before the first. */
  password: string | undefined
}

export async function startFaultRun(options: FaultRunOptions): Promise<FaultRun> {
  const { seed, faults } = options
  const folder = mkdtempSync(join(tmpdir(), 'opensag-faults-'))
  const vault = createLinuxAccountVault({ account: 'admin' })
  const boxes: Box[] = []
  const gateways: Gateway[] = []
  const tally = new Map<string, Map<Told['is'], number>>()

  // One after the other: each looks for a network that is free.
  for (let index = 0; index < options.gateways; index++) boxes.push(await startBox())
  const host = boxes[0]?.hostAddress ?? ''
  makeCertificate(folder, host)
  const place: Place = { folder, host, port: await freePort(host) }
  const api: Api = apiOf(place)
  const server = options.startServer(place)
  try {
    await reachable(api)
    await Promise.all(boxes.map(async (box, index) => gateways.push(await enrol(box, `sag-fault-${index}`))))
  } catch (error) {
    console.error(server.output().slice(-4000))
    await stop()
    throw error
  }

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

  async function connected({ serial, instance, agent }: Pick<Gateway, 'serial' | 'instance' | 'agent'>): Promise<void> {
    let nudgeAt = Date.now() + nudgeMs
    let said: unknown
    let asked = 0
    try {
      await until(
        `${serial} is connected`,
        async () => {
          // After many failures it waits up to a minute before the next attempt. Started anew it comes at once.
          if (Date.now() > nudgeAt) {
            nudgeAt += nudgeMs
            agent.signal('SIGKILL')
          }
          if (asked++ > 0) await pause(askAgainMs)
          said = await api.state(instance, serial)
          return said === 'Normal'
        },
        limit(120_000),
      )
    } catch (error) {
      const last = (service: Service): string => service.output().slice(-4000)
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
    const fault = pick(faults, random)
    const [delay, lasting] = [random() * 400, 50 + random() * 2400]
    const where = `${serial}, change ${count}, seed ${seed}: ${fault.name} after ${Math.round(delay)} ms`

    const asked = api.tell('ModifySAGAdminPassword', { SmartAGId: instance, SmartAGSn: serial, Password: wanted })
    const wrong = pause(delay).then(() => fault.run({ ...gateway, server }, lasting))
    wrong.catch(() => 'told below')
    const told = await asked
    // At the moment of the answer, whatever is still going wrong.
    if (told.is === 'success' && !(await accepts(gateway, wanted))) {
      throw new BrokenPromise(`${where}: a success was answered, and the gateway does not accept the new password.`)
    }
    await wrong
    await connected(gateway)

    const [old, fresh] = [await accepts(gateway, before), await accepts(gateway, wanted)]
    const isKept = old !== fresh && (told.is === 'unknown' || fresh === (told.is === 'success'))
    if (!isKept) {
      throw new BrokenPromise(`${where}: ${JSON.stringify(told)}; old accepted: ${old}, new accepted: ${fresh}.`)
    }
    gateway.password = fresh ? wanted : before
    const [now, other] = fresh ? [wanted, before] : [before, wanted]
    if (now !== undefined && !(await logsOn(gateway, now))) {
      throw new BrokenPromise(`${where}: the local console refuses the password that is accepted.`)
    }
    if (now !== undefined && count % sshEvery === 0) {
      const opens = await gateway.ssh.accepts('admin', now)
      const opensWithOther = other !== undefined && (await gateway.ssh.accepts('admin', other))
      if (!opens || opensWithOther) {
        throw new BrokenPromise(`${where}: sshd accepts the right one: ${opens}, the other one: ${opensWithOther}.`)
      }
    }
    const outcomes = tally.get(fault.name) ?? new Map<Told['is'], number>()
    tally.set(fault.name, outcomes.set(told.is, (outcomes.get(told.is) ?? 0) + 1))
  }

  async function stop(): Promise<void> {
    await Promise.all(gateways.map(({ agent }) => agent.stop()))
    await server.stop()
    await Promise.all(boxes.map((box) => box.stop()))
    rmSync(folder, { recursive: true, force: true })
  }

  let next = 0
  return {
    async change(changes) {
      const end = next + changes
      let isBroken = false
      const results = await Promise.allSettled(
        gateways.map(async (gateway, index) => {
          const random = randomFrom(seed + index)
          try {
            while (next < end && !isBroken) await changeWithFault(gateway, next++, random)
          } catch (error) {
            isBroken = true
            throw error
          }
        }),
      )
      for (const result of results) if (result.status === 'rejected') throw result.reason
      return tally
    },
    stop,
  }
}

function pick(faults: readonly WeightedFault[], random: () => number): WeightedFault {
  let left = random() * faults.reduce((sum, { weight }) => sum + weight, 0)
  for (const fault of faults) {
    left -= fault.weight
    if (left < 0) return fault
  }
  return faults[0] as WeightedFault
}

function randomFrom(start: number): () => number {
  let state = (Math.imul(start, 2_654_435_761) + 12_345) >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
