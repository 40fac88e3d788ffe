import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { root } from './process.ts'

/** Files that take a minute or nearly so. One that began last would run alone at the end, on one of several processors. */
const longest = [
  'test/linux/faults.test.ts',
  'test/linux/faults-postgres.test.ts',
  'test/cluster/several-nodes.test.ts',
  'test/network/network.test.ts',
  'test/several-nodes/bus.test.ts',
  'test/postgres/faults.test.ts',
  'test/postgres/store.test.ts',
  'test/cluster/fail-over.test.ts',
  'test/cluster/latency.test.ts',
  'test/store-copy/copy.test.ts',
  'test/several-nodes/backup.test.ts',
  'test/project/checks.test.ts',
  'test/upgrade/rolling.processes.test.ts',
  'test/rotate/fleet.test.ts',
  'test/time-zones/time-zones.test.ts',
  'packages/chaos/src/glue/glue.test.ts',
  'packages/chaos/src/schedules.test.ts',
  'packages/chaos/src/nodes/mutants.test.ts',
  'test/documents/commands.test.ts',
]

/**
 * Begins with those, in that order. Files that share modules come last, each project's together: a worker lasts only as long as
 * the next file in line is one of the same.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const gone = longest.filter((file) => !existsSync(join(root, file)))
    if (gone.length > 0) throw new Error(`test/support/longest-first.ts names what is not there: ${gone.join(', ')}`)
    const sharing = [...new Set(files.flatMap(({ project }) => (project.config.isolate ? [] : [project.name])))]
    const rank = ({ moduleId, project }: TestSpecification): number => {
      if (!project.config.isolate) return longest.length + 1 + sharing.indexOf(project.name)
      const at = longest.indexOf(relative(root, moduleId))
      return at === -1 ? longest.length : at
    }
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other))
  }
}
