import type { MutatedFile } from '../mutant.ts'

const at = 'packages/agent/src'
const packets = [`${at}/network/gateway/gateway-routes.test.ts`]

/** Static routes of a gateway and what it tells of its routes, mostly by its packets. */
export const agentRoutes: readonly MutatedFile[] = [
  {
    file: 'network/gateway/render-bird.ts',
    tests: packets,
    changes: [
      {
        name: 'cloud-hears-of-every-static-route',
        breaks: 'With static routing a branch takes networks of others in the cloud.',
        find: 'if (isDynamic || staticRoutes.length === 0) return',
        replace: 'if (true) return',
      },
    ],
  },
  {
    file: 'network/gateway/render-kept.ts',
    tests: packets,
    changes: [
      {
        name: 'told-all-the-same',
        breaks: 'A route that is not to be told is told.',
        find: "rule.from === 'local' && rule.source === source",
        replace: 'false',
      },
    ],
  },
  {
    file: 'route-distribution.ts',
    tests: [`${at}/route-distribution.test.ts`],
    changes: [
      {
        name: 'health-the-wrong-way',
        breaks: 'A route is told while what it leads to does not answer.',
        find: 'health.get(unless.check) === unless.is',
        replace: 'health.get(unless.check) !== unless.is',
      },
    ],
  },
  {
    file: 'connection-teller.ts',
    tests: [`${at}/connection-routes.test.ts`],
    changes: [
      {
        name: 'unknown-message',
        breaks: 'An earlier server ends the connection of a gateway again and again.',
        find: 'if (!can.includes(needs)) return',
        replace: '',
      },
    ],
  },
]
