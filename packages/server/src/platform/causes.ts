import type { Explanation } from '../operations/causes.ts'
import { openSagCauses } from './opensag/causes.ts'
import { accessCauses } from './opensag/causes-access.ts'
import { sessionCauses } from './opensag/causes-sessions.ts'
import { ramCauses } from './ram/causes.ts'
import { stsCauses } from './sts/causes.ts'

/** What leads to the errors of the operations beside SmartAG's; each product keeps its own list beside its operations. */
export const platformCauses: Readonly<Record<string, Explanation>> = {
  ...accessCauses,
  ...ramCauses,
  ...openSagCauses,
  ...ramCauses,
  ...sessionCauses,
  ...stsCauses,
}
