import { alertRetentionMs, mostClosedAlerts } from '../../model/alert.ts'
import type { Store, Writer } from '../store.ts'
import { inBatches } from '../sweep.ts'

const batch = 500

/** Forgets closed alerts that are too old, and of each account the oldest that are too many. */
export async function forgetAlerts(
  store: Pick<Store, 'read' | 'write'>,
  {
    at,
    isOver,
    most = mostClosedAlerts,
  }: { readonly at: number; readonly isOver: () => boolean; readonly most?: number },
): Promise<void> {
  const accounts = await store.read((db) =>
    db.selectFrom('alert').select('account_id').distinct().where('state', '=', 'Closed').execute(),
  )
  for (const { account_id: accountId } of accounts) {
    if (isOver()) return
    const limits = { accountId, before: at - alertRetentionMs, most }
    await inBatches(batch, () => store.write((tx) => forgetSome(tx, limits)), isOver)
  }
}

async function forgetSome(
  tx: Writer,
  { accountId, before, most }: { readonly accountId: string; readonly before: number; readonly most: number },
): Promise<number> {
  const closed = tx.selectFrom('alert').where('account_id', '=', accountId).where('closed_at', 'is not', null)
  const lastKept = await closed
    .select('closed_at')
    .orderBy('closed_at', 'desc')
    .offset(most)
    .limit(1)
    .executeTakeFirst()
  const upTo = Math.max(before, lastKept?.closed_at ?? before)
  const gone = closed.select('id').where('closed_at', '<=', upTo).orderBy('closed_at').limit(batch)
  const { numDeletedRows } = await tx.deleteFrom('alert').where('id', 'in', gone).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
