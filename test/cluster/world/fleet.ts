import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ShownGateway } from '@opensag/agent'
import { askOperator } from '../../../packages/cli/src/operator-client.ts'
import { root } from '../../support/process.ts'
import { purchase } from '../../support/signed-request.ts'
import { limit, until } from '../../support/time.ts'
import { must } from '../calls/api.ts'
import type { Infrastructure } from './infrastructure.ts'
import type { Nodes } from './nodes.ts'

export interface FleetGateway {
  readonly serial: string
  readonly instance: string
  /** URL of its local console, which tells which password it accepts. */
  readonly console: string
}

export interface Fleet {
  readonly gateways: readonly FleetGateway[]
  list(): Promise<readonly ShownGateway[]>
  allOnline(within?: number): Promise<void>
  stop(): Promise<void>
}

const atOnce = 16

/** So many gateways, each with an instance of its own, that connect through the load balancer. */
export async function startFleet(world: Infrastructure, nodes: Nodes, count: number): Promise<Fleet> {
  const instances = new Map<string, string>()
  const described = await inTurns(count, async (index) => {
    const serial = `sag-cluster-${String(index).padStart(5, '0')}`
    // Any node will do: they are equal.
    const node = index % nodes.urls.length
    const [data = '', url = ''] = [nodes.dataFolders[node], nodes.urls[node]]
    const described = { serial, model: 'sag-1000', version: '2.3.1.1' }
    const added = (await askOperator(data, 'device add', { ...described, real: true })) as { enrolmentKey: string }
    const created = await must(nodes.credentials, url, 'CreateSmartAccessGateway', purchase)
    const instance = { SmartAGId: String(created['SmartAGId']) }
    await must(nodes.credentials, url, 'BindSerialNumber', { ...instance, SerialNumber: serial })
    await must(nodes.credentials, url, 'ActivateSmartAccessGateway', instance)
    instances.set(serial, instance.SmartAGId)
    return { ...described, enrolmentKey: added.enrolmentKey }
  })
  const child = fork(join(import.meta.dirname, 'fleet.mjs'), {
    cwd: root,
    // The conditions of the test runner lead to sources, which Node itself cannot run.
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const gone = once(child, 'close').then(() => Promise.reject(new Error('The fleet has ended.')))
  gone.catch(() => {}) // told to whoever waits for it
  const heard = async (): Promise<unknown> => (await Promise.race([once(child, 'message'), gone]))[0]
  const ca = readFileSync(world.authority.cert, 'utf8')
  child.send({ serverUrl: `wss://${world.edge.machine.address}/channel`, ca, gateways: described })
  await heard()

  async function list(): Promise<readonly ShownGateway[]> {
    const answer = heard()
    child.send('list')
    return (await answer) as readonly ShownGateway[]
  }

  async function allOnline(within = limit(60_000)): Promise<void> {
    let online = 0
    try {
      await until(
        'every gateway is online',
        async () => {
          online = (await list()).filter((one) => one.online).length
          return online === count
        },
        within,
      )
    } catch (error) {
      throw new Error(`${online} of ${count} gateways are online.`, { cause: error })
    }
  }

  const gateways = (await list()).map(({ serial, localConsole }) => ({
    serial,
    instance: instances.get(serial) ?? '',
    console: localConsole ?? '',
  }))
  return {
    gateways,
    list,
    allOnline,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'close')
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Some at a time, in the order of their numbers. */
async function inTurns<T>(count: number, work: (index: number) => Promise<T>): Promise<readonly T[]> {
  const results: T[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) results[index] = await work(index)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}
