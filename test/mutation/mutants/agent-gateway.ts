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
]
