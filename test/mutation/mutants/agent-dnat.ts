import type { MutatedFile } from '../mutant.ts'

const at = 'packages/agent/src/network/gateway'
const packets = [`${at}/gateway-dnat.test.ts`]

/** DNAT of a gateway, by its packets. */
export const agentDnat: readonly MutatedFile[] = [
  {
    file: 'network/gateway/render-dnat.ts',
    tests: packets,
    changes: [
      {
        name: 'own-connections-led-away',
        breaks:
          'An entry for everything takes the connection with the server when the machine forgets its connections.',
        find: '    tcp flags & (fin | syn | rst | ack) != syn return\n',
        replace: '',
      },
      {
        name: 'ike-led-away',
        breaks: 'An entry for everything ends the tunnels of the gateway.',
        find: '    udp dport { 500, 4500 } return\n',
        replace: '',
      },
      {
        name: 'answers-stay-inside',
        breaks: 'Nobody on the Internet gets an answer.',
        find: 'ct direction reply ct status dnat accept',
        replace: 'ct direction reply ct status snat accept',
      },
    ],
  },
  {
    file: 'network/gateway/plan.ts',
    tests: [`${at}/render.test.ts`],
    changes: [
      {
        name: 'everything-before-one-port',
        breaks: 'An entry for one port has no effect beside one for everything.',
        find: 'width(one) - width(other)',
        replace: 'width(other) - width(one)',
      },
    ],
  },
  {
    file: 'network/gateway/conntrack.ts',
    tests: packets,
    changes: [
      {
        name: 'connections-of-a-gone-entry-go-on',
        breaks: 'Whoever is connected stays so after the entry was deleted.',
        find: "await forget(system, ['-d', at, ...askedOf(entry)])",
        replace: '',
      },
    ],
  },
  {
    file: 'network/gateway/kernel-state.ts',
    tests: packets,
    changes: [
      {
        name: 'answers-by-the-table-of-the-branch',
        breaks: 'Answers to the Internet find no way out.',
        find: ', `${mark} lookup main`]',
        replace: ']',
      },
    ],
  },
  {
    file: 'network/gateway/switches.ts',
    tests: packets,
    changes: [
      {
        name: 'strict-filter-of-the-wan',
        breaks: 'A machine with a strict filter lets nothing in from the Internet.',
        find: "src_valid_mark`, '1'",
        replace: "src_valid_mark`, '0'",
      },
    ],
  },
]
