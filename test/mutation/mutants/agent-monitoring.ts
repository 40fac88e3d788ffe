import type { MutatedFile } from '../mutant.ts'

/** What a gateway measures. */
export const agentMonitoring: readonly MutatedFile[] = [
  {
    file: 'measuring/quality.ts',
    tests: ['packages/agent/src/measuring/measuring.test.ts'],
    changes: [
      {
        name: 'unsent-is-lost',
        breaks: 'A gateway that cannot send says that the way to a point of presence loses everything.',
        find: "is === 'answered' || is === 'lost'",
        replace: 'is !== undefined',
      },
    ],
  },
]
