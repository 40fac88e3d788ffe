import type { Chance } from '../../../packages/chaos/src/random.ts'
import { limit, until } from '../../support/time.ts'
import type { ServiceGaps } from '../calls/service-gaps.ts'
import type { Infrastructure } from '../world/infrastructure.ts'
import type { Nodes } from '../world/nodes.ts'
import { type ClusterFault, everyFault } from './faults.ts'

export interface FaultSeen {
  readonly name: string
  /** The longest time without service from the fault to the end of its repair, in milliseconds. */
  readonly gapMs: number
}

/** Milliseconds that something stays broken; what moves the primary stays so until it has moved. */
const [shortest, longest] = [2000, 6000]

/** One fault after the other, each put right before the next, in an order that the seed gives. Each kind once, then again until the time is over. */
export async function runFaults(
  world: Infrastructure,
  nodes: Nodes,
  chance: Chance,
  service: ServiceGaps,
  untilMs: number,
): Promise<readonly FaultSeen[]> {
  const seen: FaultSeen[] = []
  while (seen.length === 0 || performance.now() < untilMs) {
    for (const fault of shuffled(everyFault(world, nodes, chance), chance)) {
      service.takeLongest()
      await suffer(fault)
      seen.push({ name: fault.name, gapMs: Math.round(service.takeLongest()) })
      console.log(`${fault.name}: ${seen.at(-1)?.gapMs} ms without service`)
    }
  }
  return seen

  async function suffer(fault: ClusterFault): Promise<void> {
    const before = await world.database.primary()
    const repair = await fault.begin()
    await new Promise((next) => setTimeout(next, shortest + chance.below(longest - shortest)))
    if (fault.movesPrimary === true) {
      await until(
        `another primary, after ${fault.name}`,
        async () => {
          const now = await world.database.primary()
          return now !== undefined && now !== before
        },
        limit(60_000),
      )
    }
    await repair()
    await world.database.complete()
    await world.bus.complete()
    await until(`every node is ready, after ${fault.name}`, () => nodes.areReady(), limit(60_000))
  }
}

function shuffled<T>(all: readonly T[], chance: Chance): readonly T[] {
  const left = [...all]
  return all.map(() => left.splice(chance.below(left.length), 1)[0] as T)
}
