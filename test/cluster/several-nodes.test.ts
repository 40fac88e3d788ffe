import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createChance, seedOf } from '../../packages/chaos/src/random.ts'
import { limit, timeFactor } from '../support/time.ts'
import { changePasswords } from './calls/passwords.ts'
import { useRegisters } from './calls/registers.ts'
import { startReplays } from './calls/replays.ts'
import { watchService } from './calls/service-gaps.ts'
import { watchOwners } from './faults/owners.ts'
import { runFaults } from './faults/run.ts'
import { whatClusterNeeds } from './lack.ts'
import { buildChecker, checkHistory, lackOfChecker } from './linearizability/check.ts'
import { type Fleet, startFleet } from './world/fleet.ts'
import { type Infrastructure, startInfrastructure } from './world/infrastructure.ts'
import { type Nodes, startNodes } from './world/nodes.ts'

const lack = whatClusterNeeds() ?? lackOfChecker
const seed = Number(process.env['OPENSAG_CLUSTER_SEED'] ?? Date.now() % 1_000_000)
const minutes = Number(process.env['OPENSAG_CLUSTER_MINUTES'] ?? 0)
const gateways = Number(process.env['OPENSAG_CLUSTER_GATEWAYS'] ?? 300)
/** Of the fleet: some are probes, some registers, the others change their passwords. */
const [probed, registers] = [4, 60]
/** Milliseconds without service, whatever one program is gone. */
const longestGap = 15_000

describe.skipIf(lack !== undefined)(
  `three nodes, PostgreSQL under Patroni, three servers of NATS, ${gateways} gateways (seed ${seed})${lack ? ` (${lack})` : ''}`,
  () => {
    let world: Infrastructure
    let nodes: Nodes
    let fleet: Fleet | undefined

    beforeAll(async () => {
      world = await startInfrastructure()
      nodes = await startNodes(world)
      fleet = await startFleet(world, nodes, gateways)
      await fleet.allOnline()
    }, limit(600_000))
    afterAll(async () => {
      await fleet?.stop()
      await world?.stop()
    })

    test(
      'kept whatever is killed, frozen or cut off: acknowledged writes, passwords as answered, one owner, nonces used once, service',
      async () => {
        const all = fleet?.gateways ?? []
        const instancesOf = (from: number, to: number): readonly string[] =>
          all.slice(from, to).map(({ instance }) => instance)
        let over = false
        const isOver = (): boolean => over
        const { credentials, urls } = nodes
        const chanceOf = (part: number): ReturnType<typeof createChance> => createChance(seedOf(seed, part))
        const edge = `https://${world.edge.machine.address}`
        const service = watchService(credentials, edge, world.authority.cert, instancesOf(0, probed), isOver)
        const replays = startReplays(credentials, urls, chanceOf(1), isOver)
        const owners = watchOwners(world.database, isOver)
        const calls = useRegisters({
          ...{ credentials, urls, replays, isOver, chance: chanceOf(2) },
          ...{ instances: instancesOf(probed, probed + registers), groups: 4, clientsOfGroup: 3 },
        })
        const passwords = changePasswords({
          ...{ credentials, urls, isOver, chance: chanceOf(3) },
          ...{ gateways: all.slice(probed + registers), atOnce: 6 },
        })
        try {
          const faults = await runFaults(world, nodes, chanceOf(4), service, performance.now() + minutes * 60_000)
          over = true
          await service.done
          const history = await calls
          const verdict = await checkHistory(await buildChecker(), history)
          const changed = await passwords
          const replayed = await replays.done
          const owned = await owners
          await fleet?.allOnline()
          console.log({ seed, calls: history.length, verdict, changed, replayed, owned })
          for (const call of history) if (verdict.illegal.includes(call.key)) console.log(JSON.stringify(call))
          expect(verdict).toMatchObject({ result: 'Ok' })
          expect(changed.broken).toEqual([])
          expect(replayed.accepted).toEqual([])
          expect(owned.twice).toEqual([])
          expect(faults.filter(({ gapMs }) => gapMs > longestGap * timeFactor())).toEqual([])
          // That each part did its work.
          expect(history.length).toBeGreaterThan(100)
          expect(Math.min(changed.success, replayed.refused, owned.rows)).toBeGreaterThan(20)
        } catch (error) {
          console.error(
            `seed ${seed}\n${nodes.services.map((one) => `== ${one.name}\n${one.output().slice(-6000)}`).join('\n')}\n${world.outputs()}`,
          )
          throw error
        } finally {
          over = true
        }
      },
      limit(minutes * 60_000 + 900_000),
    )
  },
)
