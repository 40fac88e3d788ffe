import { sql } from 'kysely'
import type { AlertMessage } from '../../model/alert-message.ts'
import type { Reader, Writer } from '../store.ts'

/** So many messages wait for one channel at most; what comes after them is not told there. */
export const mostWaiting = 500

/** A message, and to which channel it goes. */
export interface WaitingMessage {
  readonly channelId: string
  readonly message: AlertMessage
  /** How often it was tried, with the attempt that begins now. */
  readonly attempts: number
}

/** Answers whether there was room for it. */
export async function enqueueMessage(
  tx: Writer,
  { channelId, message, dueAt }: { readonly channelId: string; readonly message: AlertMessage; readonly dueAt: number },
): Promise<boolean> {
  const { waiting } = await tx
    .selectFrom('alert_message')
    .select((select) => select.fn.countAll<number | string>().as('waiting'))
    .where('channel_id', '=', channelId)
    .executeTakeFirstOrThrow()
  if (Number(waiting) >= mostWaiting) return false
  await tx
    .insertInto('alert_message')
    .values({
      id: message.id,
      account_id: message.accountId,
      channel_id: channelId,
      content: JSON.stringify(message),
      created_at: message.at,
      due_at: dueAt,
      attempts: 0,
    })
    .execute()
  return true
}

/** Whether the time of any message has come. */
export async function isAnyMessageDue(db: Reader, at: number): Promise<boolean> {
  const due = db.selectFrom('alert_message').select('id').where('due_at', '<=', at)
  return (await due.limit(1).executeTakeFirst()) !== undefined
}

/**
 * Messages whose time has come; nobody else gets them until `until`. Accounts take turns, so that none waits for another's receivers that are
 * dead.
 */
export async function takeMessages(
  tx: Writer,
  { at, until, most }: { readonly at: number; readonly until: number; readonly most: number },
): Promise<readonly WaitingMessage[]> {
  const inTurn = tx
    .selectFrom('alert_message')
    .select(['id', 'due_at', sql<number>`row_number() over (partition by account_id order by due_at)`.as('turn')])
    .where('due_at', '<=', at)
  const due = tx.selectFrom(inTurn.as('waiting')).select('id').orderBy('turn').orderBy('due_at').limit(most)
  const rows = await tx
    .updateTable('alert_message')
    .set((is) => ({ due_at: until, attempts: is('attempts', '+', 1) }))
    .where('id', 'in', due)
    .returning(['channel_id', 'content', 'attempts'])
    .execute()
  return rows.map((row) => ({ channelId: row.channel_id, message: JSON.parse(row.content), attempts: row.attempts }))
}

export async function postponeMessage(tx: Writer, id: string, until: number): Promise<void> {
  await tx.updateTable('alert_message').set({ due_at: until }).where('id', '=', id).execute()
}

export async function removeMessage(tx: Writer, id: string): Promise<void> {
  await tx.deleteFrom('alert_message').where('id', '=', id).execute()
}

/** Nothing that waited is told any more. */
export async function forgetMessages(tx: Writer): Promise<void> {
  await tx.deleteFrom('alert_message').execute()
}
