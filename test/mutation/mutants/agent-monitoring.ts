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
      {
        name: 'failed-probe-ends-the-agent',
        breaks: 'A probe that cannot be made ends the program of the gateway.',
        find: 'one.catch(() => {})',
        replace: '',
      },
    ],
  },
  {
    file: 'measuring/measuring.ts',
    tests: ['packages/agent/src/measuring/measuring.test.ts'],
    changes: [
      {
        name: 'measured-for-a-server-that-does-not-know',
        breaks: 'An older server ends the connection of a gateway that tells it what it has measured.',
        find: 'if (can.includes(needs)) link?.send(message)',
        replace: 'link?.send(message)',
      },
    ],
  },
]
