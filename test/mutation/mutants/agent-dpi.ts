import type { MutatedFile } from '../mutant.ts'

const packets = ['packages/agent/src/network/gateway/gateway-dpi.test.ts']

/** Applications at a gateway, by what is recorded and stopped of real connections. */
export const agentDpi: readonly MutatedFile[] = [
  {
    file: 'network/applications/mirror.ts',
    tests: packets,
    changes: [
      {
        name: 'all-packets-are-looked-at',
        breaks: 'The engine reads every packet of every connection.',
        find: 'ct packets < ${packetsOfConnection} ',
        replace: '',
      },
    ],
  },
  {
    file: 'network/applications/application-sets.ts',
    tests: packets,
    changes: [
      {
        name: 'only-carriers-match',
        breaks: 'A rule matches what carries its application, and not the application itself.',
        find: '!numbers.has(application) && ',
        replace: '',
      },
    ],
  },
  {
    file: 'network/applications/known-connections.ts',
    tests: ['packages/agent/src/network/applications/applications.test.ts'],
    changes: [
      {
        name: 'more-known-than-a-set-takes',
        breaks: 'A gateway with many connections of one application takes no configuration any more.',
        find: 'const mostKnown = 30_000',
        replace: 'const mostKnown = 50_000',
      },
    ],
  },
]
