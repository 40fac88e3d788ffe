import { accessCauses } from './access.ts'
import type { Explanation } from './explanations.ts'
import { openSagCauses } from './opensag.ts'
import { ramCauses } from './ram.ts'
import { sessionCauses } from './sessions.ts'
import { stsCauses } from './sts.ts'

/** What leads to the errors of the operations beside SmartAG's; each product keeps its own list beside its operations. */
export const platformCauses: Readonly<Record<string, Explanation>> = {
  ...accessCauses,
  ...ramCauses,
  ...openSagCauses,
  ...ramCauses,
  ...sessionCauses,
  ...stsCauses,
}
