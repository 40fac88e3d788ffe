import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { root } from './process.ts'

/** Files that take a minute or nearly so. One that began last would run alone at the end, on one of several processors. */
const longest = [
  'test/linux/faults.test.ts',
  'test/cluster/several-nodes.test.ts',
  'test/several-nodes/bus.test.ts',
  'test/linux/faults-postgres.test.ts',
  'test/model/operations.test.ts',
  'test/network/network.test.ts',
  'test/console/overview.test.ts',
  'test/postgres/store.test.ts',
  'test/project/checks.test.ts',
  'test/release/release.test.ts',
  'test/examples/container.test.ts',
  'test/linux/debian.test.ts',
  'test/store-copy/copy.test.ts',
  'packages/chaos/src/schedules.test.ts',
  'packages/chaos/src/glue/glue.test.ts',
  'test/cluster/latency.test.ts',
  'test/several-nodes/backup.test.ts',
  'test/cluster/fail-over.test.ts',
  'test/durability/power-cut-server.test.ts',
  'test/clients/hung-gateway.test.ts',
  'test/upgrade/rolling.processes.test.ts',
  'test/rotate/fleet.test.ts',
  'test/node/own-sqlite.test.ts',
  'test/concurrency/meetings-of-nodes.test.ts',
  'test/samples/typed-sdks.test.ts',
  'test/packages/installed.test.ts',
  'test/time-zones/time-zones.test.ts',
  'test/remote-access/tunnels.test.ts',
  'packages/chaos/src/nodes/nodes.test.ts',
  'packages/chaos/src/nodes/mutants.test.ts',
  'test/postgres/faults.test.ts',
  'test/documents/commands.test.ts',
  'packages/server/src/apis/effects.test.ts',
]

/** Files that wait for kernels, proxies and lines most of their time, with a processor that is free meanwhile. */
const waits = 'packages/agent/src/network/'

/**
 * Begins with those, in that order. Files that share modules come last, each project's together: a worker lasts only as long as
 * the next file in line is one of the same. Among them those that wait are spread evenly, so that others compute beside them.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = longest.filter((file) => !existsSync(join(root, file)))
    if (gone.length > 0) throw new Error(`test/support/longest-first.ts names what is not there: ${gone.join(', ')}`)
    const placeOf = ({ moduleId }: TestSpecification): number => {
      const at = longest.indexOf(relative(root, moduleId))
      return at === -1 ? longest.length : at
    }
    const inOrder = (await super.sort(files)).toSorted((one, other) => placeOf(one) - placeOf(other))
    const [apart, sharing] = parted(inOrder, ({ project }) => project.config.isolate)
    const names = [...new Set(sharing.map(({ project }) => project.name))]
    return [...apart, ...names.flatMap((name) => spread(sharing.filter(({ project }) => project.name === name)))]
  }
}

function spread(files: readonly TestSpecification[]): readonly TestSpecification[] {
  const [waiting, others] = parted(files, ({ moduleId }) => relative(root, moduleId).startsWith(waits))
  const at = (part: readonly TestSpecification[], shift: number) =>
    part.map((file, index) => ({ file, share: (index + shift) / part.length }))
  // The first of all is not one that waits: it may be the longest.
  return [...at(others, 0), ...at(waiting, 0.5)]
    .toSorted((one, other) => one.share - other.share)
    .map(({ file }) => file)
}

function parted<T>(all: readonly T[], is: (one: T) => boolean): readonly [those: readonly T[], others: readonly T[]] {
  return [all.filter(is), all.filter((one) => !is(one))]
}
