import type { Reader, Writer } from '../store.ts'

/**
 * Says that what principals of the account may do has changed: compiled policies of an earlier epoch are no longer used.
 * Called in the unit of work that makes the change, so that both are seen together.
 */
export async function raiseAccessEpoch(db: Reader | Writer, accountId: string): Promise<void> {
  await (db as Writer)
    .updateTable('account')
    .set((eb) => ({ access_epoch: eb('access_epoch', '+', 1) }))
    .where('id', '=', accountId)
    .execute()
}
