import type { MutatedFile } from '../mutant.ts'

const packets = ['packages/agent/src/network/gateway/gateway-dns.test.ts']

/** Names that a branch asks its gateway for, by its packets. */
export const agentDns: readonly MutatedFile[] = [
  {
    file: 'network/gateway/dns-plan.ts',
    tests: packets,
    changes: [
      {
        name: 'inside-in-the-clear',
        breaks: 'Names of the network are asked for in the clear, of whoever has that address outside.',
        find: "way === 'tunnel' || isInside(ip) ? address : undefined",
        replace: 'undefined',
      },
    ],
  },
  {
    file: 'network/gateway/render-nftables.ts',
    tests: packets,
    changes: [
      {
        name: 'own-packets-by-the-wan',
        breaks: 'What the gateway sends into its network leaves in the clear while no route leads there.',
        find: 'ip saddr { ${own} } counter drop',
        replace: 'ip saddr { ${own} } counter accept',
      },
    ],
  },
  {
    file: 'network/gateway/kernel-lock.ts',
    tests: packets,
    changes: [
      {
        name: 'locked-and-answered',
        breaks: 'A gateway that somebody carried away answers for the network.',
        find: 'iifname != @alive counter drop\n  }\n}\n`',
        replace: 'iifname != @alive counter accept\n  }\n}\n`',
      },
    ],
  },
]
