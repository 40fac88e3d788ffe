import type { Alert } from '../../model/alert.ts'
import type { Reader, Writer } from '../store.ts'
import { alertOfRow } from './alerts.ts'

export type Occasion = 'Opened' | 'Repeated' | 'Closed'

export interface Untold {
  readonly ruleId: string
  readonly occasion: Occasion
  /** Of `Repeated`: told no later than this. */
  readonly toldBefore: number
  readonly most: number
}

/** Alerts of a rule whose channels have yet to be told, those that began first before the others. */
export async function untoldAlerts(
  db: Reader,
  { ruleId, occasion, toldBefore, most }: Untold,
): Promise<readonly Alert[]> {
  const ofRule = db.selectFrom('alert').selectAll().where('rule_id', '=', ruleId)
  const open = ofRule.where('state', '=', 'Open')
  const untold = {
    Opened: open.where('told_at', 'is', null),
    Repeated: open.where('told_at', '<=', toldBefore),
    Closed: ofRule.where('end_untold', '=', 1),
  }[occasion]
  const rows = await untold.orderBy('since').orderBy('id').limit(most).execute()
  return rows.map(alertOfRow)
}

export async function noteTold(tx: Writer, ids: readonly string[], occasion: Occasion, at: number): Promise<void> {
  await tx
    .updateTable('alert')
    .set(occasion === 'Closed' ? { end_untold: 0 } : { told_at: at })
    .where('id', 'in', [...ids])
    .execute()
}
