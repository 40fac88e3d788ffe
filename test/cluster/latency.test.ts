import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type SteadyCalls, startSteadyCalls, type Window } from '../../bench/src/nodes/steady-calls.ts'
import type { Sampled } from '../../bench/src/nodes/world.ts'
import { askOperator } from '../../packages/cli/src/operator-client.ts'
import { purchase } from '../support/signed-request.ts'
import { limit, until } from '../support/time.ts'
import { must } from './calls/api.ts'
import { whatClusterNeeds } from './lack.ts'
import { type Infrastructure, startInfrastructure } from './world/infrastructure.ts'
import { type Nodes, startNodes } from './world/nodes.ts'

const lack = whatClusterNeeds()
/** Reads, and as many writes, a second. */
const perSecond = 20
const calmMs = 5000

/** Prints the latency of calls at a steady rate before, while and after something is lost; what it asserts are outcomes. */
describe.skipIf(lack !== undefined)(
  `calls while a node dies and while the primary moves${lack ? ` (${lack})` : ''}`,
  () => {
    let world: Infrastructure
    let nodes: Nodes
    let samples: readonly Sampled[]

    beforeAll(async () => {
      world = await startInfrastructure()
      nodes = await startNodes(world)
      samples = await purchaseSome(nodes, 16)
    }, limit(600_000))
    afterAll(async () => {
      await world?.stop()
    })

    async function primaryMovedFrom(before: unknown): Promise<void> {
      const moved = async (): Promise<boolean> => {
        const now = await world.database.primary()
        return now !== undefined && now !== before
      }
      await until('there is another primary', moved, limit(60_000))
    }

    const faults: Readonly<Record<string, () => Promise<() => void>>> = {
      async 'a node is killed'() {
        const node = nodes.services.at(-1)
        await node?.kill()
        return () => node?.start()
      },
      async 'the primary is switched over'() {
        const before = await world.database.primary()
        await world.database.switchOver()
        await primaryMovedFrom(before)
        return () => {}
      },
      async 'the primary is killed'() {
        const before = await world.database.primary()
        await before?.kill()
        await primaryMovedFrom(before)
        return () => before?.start()
      },
    }

    test.each(Object.keys(faults))(
      '%s: calls are answered before, and all of them again after',
      async (name) => {
        const calls = startSteadyCalls(
          { edge: { host: world.edge.machine.address, port: 443, secure: true }, user: nodes.credentials, samples },
          perSecond,
        )
        const told = await phases(calls, name).catch(async (error: unknown) => {
          await calls.end()
          throw error
        })
        // Service came back while it was still lost.
        const during = told.get('during')
        expect(succeeded(during?.writes)).toBeGreaterThan(0)
        expect(succeeded(during?.reads)).toBeGreaterThan(0)
      },
      limit(300_000),
    )

    /**
     * Waits for a time in which every call is answered with success. On a machine that has too much to do a program of the
     * cluster is slow to say that it is well, counts as lost for a moment, and calls are refused then.
     */
    async function calm(calls: SteadyCalls, phase: string): Promise<void> {
      let turn = 1
      await until(`all calls are answered ${phase}`, async () => {
        const name = `${phase}, ${turn++}`
        await calls.enter(name)
        await pause(calmMs)
        await calls.enter('meanwhile')
        const { reads, writes } = await calls.told(name)
        return [reads, writes].every((window) => succeeded(window) === window.calls)
      })
    }

    async function phases(calls: SteadyCalls, name: string): ReturnType<SteadyCalls['end']> {
      await calm(calls, 'before')
      await calls.enter('during')
      const repair = await faults[name]?.()
      await pause(calmMs)
      await calls.enter('while it comes back')
      repair?.()
      await world.database.complete()
      await until('every node is ready', () => nodes.areReady(), limit(60_000))
      await calm(calls, 'after')
      const told = await calls.end()
      for (const [phase, { reads, writes }] of told) {
        console.log(`${name}, ${phase}: reads ${shown(reads)}; writes ${shown(writes)}`)
      }
      return told
    }
  },
)

function succeeded(window: Window | undefined): number {
  return window === undefined ? 0 : window.calls - window.refused - window.unanswered
}

function shown({ calls, refused, unanswered, p50Ms, p99Ms, mostMs }: Window): string {
  const times = [p50Ms, p99Ms, mostMs].map((ms) => ms.toFixed(0)).join(' / ')
  return `${calls}, of them ${refused} refused and ${unanswered} unanswered, p50 / p99 / most ${times} ms`
}

async function purchaseSome({ credentials, urls, dataFolders }: Nodes, count: number): Promise<readonly Sampled[]> {
  const [url = '', data = ''] = [urls[0], dataFolders[0]]
  const samples: Sampled[] = []
  for (let index = 0; index < count; index++) {
    const serial = `sag-latency-${index}`
    await askOperator(data, 'device add', { serial, model: 'sag-1000', version: '2.3.1.1' })
    const { SmartAGId } = await must(credentials, url, 'CreateSmartAccessGateway', purchase)
    const instance = String(SmartAGId)
    await must(credentials, url, 'BindSerialNumber', { SmartAGId: instance, SerialNumber: serial })
    await must(credentials, url, 'ActivateSmartAccessGateway', { SmartAGId: instance })
    samples.push({ serial, instance })
  }
  return samples
}
