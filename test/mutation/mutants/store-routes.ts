import type { MutatedFile } from '../mutant.ts'
import { operation } from './tests.ts'

/** Which routes gateways have, and which of them are told on. */
export const storeRoutes: readonly MutatedFile[] = [
  {
    file: 'routes/claims.ts',
    tests: [operation('routes/describe-sag-route-list')],
    changes: [
      {
        name: 'conflict-with-oneself',
        breaks: 'Every route to a block of the branch is shown as a conflict.',
        find: ".where('instance_cidr.instance_id', '!=', instanceId)",
        replace: '',
      },
    ],
  },
  {
    file: '../model/route-strategy.ts',
    tests: [operation('routes/modify-route-distribution-strategy')],
    changes: [
      {
        name: 'follows-the-other-status',
        breaks: 'A route is told while its health check fails.',
        find: "distribution.endsWith('_success') ? 'success' : 'failed'",
        replace: "distribution.endsWith('_success') ? 'failed' : 'success'",
      },
    ],
  },
  {
    file: '../model/static-route.ts',
    tests: [operation('routes/create-sag-static-route')],
    changes: [
      {
        name: 'route-at-the-console',
        breaks: 'What the branch sends leaves by the port of the local console.',
        find: "if (found.role === 'NONE' || found.role === 'MGT') return 'Sag.PortRoleInvalid'",
        replace: '',
      },
    ],
  },
  {
    file: '../channel/routes-in-parts.ts',
    tests: ['packages/server/src/channel/routes-in-parts.test.ts'],
    changes: [
      {
        name: 'parts-behind-the-last-are-kept',
        breaks: 'A gateway makes the memory of the server grow without bound.',
        find: 'if (before.missing === 1) return all',
        replace:
          'if (before.missing === 1) this.begun = { routes: all, missing: 0 }\n    if (before.missing < 2) return all',
      },
    ],
  },
]
