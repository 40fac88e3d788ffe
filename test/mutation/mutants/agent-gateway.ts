import type { MutatedFile } from '../mutant.ts'

const at = 'packages/agent/src/network/gateway'

/** The network of a gateway. */
export const agentGateway: readonly MutatedFile[] = [
  {
    file: 'network/gateway/render-nftables.ts',
    tests: [`${at}/render.test.ts`],
    changes: [
      {
        name: 'frames-in-clear',
        breaks: 'Without tunnels what the branch sends leaves in clear.',
        find: 'oifname != { "lo", "ipsec0", "ccn0", "ccn1" } rt ipsec missing counter drop',
        replace: 'oifname "lo" rt ipsec missing counter drop',
      },
    ],
  },
  {
    file: 'network/gateway/kernel-state.ts',
    tests: [`${at}/kernel-state.test.ts`],
    changes: [
      {
        name: 'address-of-a-link-made-anew',
        breaks: 'A link that is made anew has no address.',
        find: 'from.addresses.filter(({ dev }) => !gone.some(({ name }) => name === dev))',
        replace: 'from.addresses',
      },
      {
        name: 'part-of-a-stolen-block-wins',
        breaks: 'A router of a branch that announces a part of the block of another branch draws its packets.',
        find: 'routing.learns ? [ownedTable, branchTable] : [branchTable]',
        replace: '[branchTable]',
      },
    ],
  },
  {
    file: 'network/gateway/pair-weight.ts',
    tests: [`${at}/pair-weight.test.ts`],
    changes: [
      {
        name: 'pair-moves-when-an-agent-begins',
        breaks: 'An agent that begins anew gives its branch away before it knows of its tunnels.',
        find: 'return hasCarried ? 0 : openedAt + adoptMs - now',
        replace: 'return 0',
      },
    ],
  },
  {
    file: 'network/gateway/render-bird.ts',
    tests: [`${at}/render.test.ts`],
    changes: [
      {
        name: 'both-of-a-pair-announce',
        breaks: 'Of two gateways of a branch also the one announces it that does not have its addresses.',
        find: 'if (pair !== undefined && !isOwn)',
        replace: 'if (pair === null && !isOwn)',
      },
    ],
  },
  {
    file: 'forwarding.ts',
    tests: ['packages/agent/src/forwarding.test.ts'],
    changes: [
      {
        name: 'open-after-it-ran-out',
        breaks: 'An agent that starts opens what the kernel has locked.',
        find: 'if (await forwarding.hasRunOut()) await lock.set(true)',
        replace: '',
      },
    ],
  },
  {
    file: 'status-socket.ts',
    tests: ['packages/agent/src/status-socket.test.ts'],
    changes: [
      {
        name: 'status-for-everybody',
        breaks: 'Other users of the machine ask the agent who its terminals are.',
        find: '    await chmod(path, 0o600)\n',
        replace: '    await chmod(path, 0o666)\n',
      },
    ],
  },
  {
    file: 'restart-command.ts',
    tests: ['packages/agent/src/restart-command.test.ts'],
    changes: [
      {
        name: 'upgrade-to-whatever',
        breaks: 'A gateway is not brought to the version that was asked for.',
        find: '([...upgrade, version] as const)',
        replace: 'upgrade',
      },
    ],
  },
]
