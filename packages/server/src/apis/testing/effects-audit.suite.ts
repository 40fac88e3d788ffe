// A call of each operation that the audit trail and the forms of addresses of the console need, and other values of its parameters.
import { type Row, row } from './effects.suite.ts'

export const auditRows: readonly Row[] = [
  row(
    'ProposeCidrBlock',
    { CcnId: 'ccn-main' },
    {
      RegionId: { to: { RegionId: 'cn-hangzhou' } },
      PrefixLength: '16',
    },
  ),
]
