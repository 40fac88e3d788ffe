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
]
