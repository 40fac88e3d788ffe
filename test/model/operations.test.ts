import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { database } from '../../packages/server/src/store/testing/database.suite.ts'
import { limit } from '../support/time.ts'
import { aGateway, anApp, onInstances } from './commands/instances.ts'
import { aList, onLists } from './commands/lists.ts'
import { aNetwork, member, onNetworks } from './commands/networks.ts'
import { aBlock, onSettings } from './commands/settings.ts'
import { aLogon, aUser, onUsers } from './commands/users.ts'
import type { Step } from './step.ts'
import { begin } from './world.ts'

// What is tested here is who has an account, not how hard its password is to guess.
vi.mock('../../packages/server/src/access/client-passwords.ts', () => ({
  hashClientPassword: async () => 'a hash that takes no time',
  verifyClientPassword: async () => true,
}))

/** How many sequences are played. After each step everything is read, which takes several times as long on PostgreSQL. */
const numRuns = Number(process.env['OPENSAG_MODEL_RUNS'] ?? (database === 'SQLite' ? 100 : 20))

/** Most runs start with branches that work, the others with nothing. */
const start: fc.Arbitrary<readonly Step[]> = fc.oneof(
  { weight: 1, arbitrary: fc.constant([]) },
  {
    weight: 3,
    arbitrary: fc.tuple(
      aNetwork,
      aGateway,
      aGateway,
      anApp,
      ...[0, 1, 2].map(member),
      aBlock(0, '10.0.1.0/24', '10.1.0.0/24'),
      aBlock(2, '10.0.0.0/24', '10.0.0.0/28'),
      aGateway,
      aUser,
      aLogon,
      aList,
    ),
  },
)

test(
  'whatever is called in whatever order, the service answers and remembers what a simple model does',
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(0, 0, 0, 8),
        start,
        fc.commands(
          [...onNetworks, ...onInstances, ...onSettings, ...onUsers, ...onLists].flatMap(({ arbitrary, weight }) =>
            Array.from({ length: weight }, () => arbitrary),
          ),
          { maxCommands: 40, size: 'max' },
        ),
        async (unusedNetworks, first, commands) => {
          const { model, real } = await begin(unusedNetworks)
          try {
            for (const step of first) await step.run(model, real)
            await fc.asyncModelRun(() => ({ model, real }), commands)
          } finally {
            await real.harness.close()
          }
        },
      ),
      { numRuns },
    )
    expect.hasAssertions()
  },
  limit(Math.max(120_000, numRuns * 5000)),
)
