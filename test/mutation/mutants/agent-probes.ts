import type { MutatedFile } from '../mutant.ts'

const packets = ['packages/agent/src/network/gateway/gateway-health.test.ts']

/** Probes of a gateway, and what it makes of the answers. */
export const agentProbes: readonly MutatedFile[] = [
  {
    file: 'probes/judge.ts',
    tests: ['packages/agent/src/probes/judge.test.ts'],
    changes: [
      {
        name: 'one-lost-probe-fails',
        breaks: 'One probe without an answer makes a health check fail, whatever it allows.',
        find: 'lost >= check.failures',
        replace: 'lost >= 1',
      },
      {
        name: 'unsent-counts-as-lost',
        breaks: 'A gateway that cannot send says that the target is gone.',
        find: "if (probe.is === 'unsent') return undecided",
        replace: "if (probe.is === 'unsent') return { status: 'failed', lost: 1, slow: 0 }",
      },
    ],
  },
  {
    file: 'probes/health-checks.ts',
    tests: ['packages/agent/src/probes/health-checks.test.ts'],
    changes: [
      {
        name: 'probes-all-at-once',
        breaks: 'However many checks there are, all of them are probed in one instant.',
        find: 'freeAt = at + apartMs',
        replace: 'freeAt = at',
      },
      {
        name: 'stopped-check-goes-on',
        breaks: 'A health check that was deleted is probed for ever.',
        find: 'for (const one of ended) one.stop()',
        replace: '',
      },
    ],
  },
  {
    file: 'network/gateway/machine-named.ts',
    tests: packets,
    changes: [
      {
        name: 'own-machine-probed',
        breaks: 'A task probes services that only the gateway itself is meant to reach.',
        find: 'return isOfAMachine(address) ? address : undefined',
        replace: 'return address',
      },
    ],
  },
  {
    file: 'probes/probe-tasks.ts',
    tests: ['packages/agent/src/probes/probe-tasks.test.ts'],
    changes: [
      {
        name: 'old-result-kept',
        breaks: 'A task that goes on although it was deleted probes for ever.',
        find: 'for (const one of ended) one.stop()',
        replace: '',
      },
    ],
  },
]
