import type { Span } from '../../model/ccn.ts'
import { compiledRow } from '../compiled-query.ts'
import type { Reader, Writer } from '../store.ts'

export async function hasMember(db: Reader, ccnId: string): Promise<boolean> {
  const member = await db.selectFrom('instance').select('id').where('ccn_id', '=', ccnId).limit(1).executeTakeFirst()
  return member !== undefined
}

/** An instance of the account is in the network. */
export async function hasMemberOf(db: Reader, ccnId: string, accountId: string): Promise<boolean> {
  const member = await db
    .selectFrom('instance')
    .select('id')
    .where('ccn_id', '=', ccnId)
    .where('account_id', '=', accountId)
    .limit(1)
    .executeTakeFirst()
  return member !== undefined
}

/** Blocks of one CCN never overlap, so the last that begins before the span ends is the only one that can reach into it. */
const lastBlockUpTo = compiledRow((db: Reader, given: { ccnId: string; last: number }) =>
  db
    .selectFrom('instance_cidr')
    .select('last')
    .where('ccn_id', '=', given.ccnId)
    .where('first', '<=', given.last)
    .orderBy('first', 'desc')
    .limit(1),
)

/** A block of a member has an address of the span. */
export async function usesBlock(db: Reader, ccnId: string, span: Span): Promise<boolean> {
  const block = await lastBlockUpTo(db, { ccnId, last: span.last })
  return block !== undefined && block.last >= span.first
}

/** A SNAT or DNAT entry of a member has its address in the span. */
export async function usesTranslation(db: Reader, ccnId: string, span: Span): Promise<boolean> {
  if (await usesSnatAddress(db, ccnId, span)) return true
  const entry = await db
    .selectFrom('dnat_entry')
    .select('id')
    .where('ccn_id', '=', ccnId)
    .where('external_ip', '>=', span.first)
    .where('external_ip', '<=', span.last)
    .limit(1)
    .executeTakeFirst()
  return entry !== undefined
}

/** A SNAT entry of a member has its address in the span. */
export async function usesSnatAddress(db: Reader, ccnId: string, { first, last }: Span): Promise<boolean> {
  const entry = await db
    .selectFrom('snat_entry')
    .select('id')
    .where('ccn_id', '=', ccnId)
    .where('snat_ip', '>=', first)
    .where('snat_ip', '<=', last)
    .limit(1)
    .executeTakeFirst()
  return entry !== undefined
}

/** Puts the instance into the network, or into none. */
export async function setCcn(tx: Writer, instanceId: string, ccnId: string | null, at: number | null): Promise<void> {
  await tx.updateTable('instance').set({ ccn_id: ccnId, ccn_bound_at: at }).where('id', '=', instanceId).execute()
  await tx.updateTable('instance_cidr').set({ ccn_id: ccnId }).where('instance_id', '=', instanceId).execute()
  await tx.updateTable('snat_entry').set({ ccn_id: ccnId }).where('instance_id', '=', instanceId).execute()
  await tx.updateTable('dnat_entry').set({ ccn_id: ccnId }).where('instance_id', '=', instanceId).execute()
}
