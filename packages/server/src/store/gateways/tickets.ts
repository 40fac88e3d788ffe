import type { Tickets } from '@opensag/protocol'
import { compiledQuery } from '../compiled-query.ts'
import type { Writer } from '../store.ts'
import { updateDevice } from './device-update.ts'
import { recordAllOffline } from './presence.ts'

/** In the column of the confirmed ticket; too short to be the hash of one. */
export const anyTicket = 'any'

export async function saveTickets(tx: Writer, serial: string, { ticket, ticketNext }: Tickets): Promise<void> {
  await updateDevice(tx, { ticket: ticket ?? null, ticket_next: ticketNext ?? null }, { serial })
}

/**
 * The next ticket counts, whichever it is, if the keys are right: the tickets known here are older than those the gateways
 * have. One gateway or all of them, as far as they have enrolled and are not connected. Answers the serials.
 */
export async function trustGateways(tx: Writer, serial?: string): Promise<readonly string[]> {
  let trusting = tx
    .updateTable('device')
    .set({ ticket: anyTicket, ticket_next: null })
    .where('sign_key', 'is not', null)
    .where('node', 'is', null)
  if (serial !== undefined) trusting = trusting.where('serial', '=', serial)
  const rows = await trusting.returning('serial').execute()
  return rows.map((row) => row.serial).sort()
}

/**
 * The server was restored: what the rows say of connections, tickets and absences is older than what the gateways know.
 * Each that has enrolled is off line, its next ticket counts, and its absence begins now: how long it was really away is not
 * known here, and nobody's offline lock closes because the server was restored. Answers how many there are. Those in
 * `confirmed` keep their tickets, which they have shown since.
 */
export async function forgetConnections(
  tx: Writer,
  { at, reason, confirmed }: { readonly at: number; readonly reason: string; readonly confirmed: ReadonlySet<string> },
): Promise<number> {
  await recordAllOffline(tx, { at, reason })
  const known = await tx
    .updateTable('device')
    // A connection at another node does not know yet: what it still writes does not count.
    .set(({ eb }) => ({ node: null, last_seen_at: at, owner_epoch: eb('owner_epoch', '+', 1) }))
    .where('sign_key', 'is not', null)
    .returning('serial')
    .execute()
  const trusting = tx.updateTable('device').set({ ticket: anyTicket, ticket_next: null })
  if (confirmed.size === 0) await trusting.where('sign_key', 'is not', null).execute()
  else {
    for (const { serial } of known) {
      if (!confirmed.has(serial)) await trusting.where('serial', '=', serial).execute()
    }
  }
  return known.length
}

const confirm = compiledQuery((tx: Writer, given: { serial: string; issued: string }) =>
  tx
    .updateTable('device')
    .set({ ticket: given.issued, ticket_next: null })
    .where('serial', '=', given.serial)
    .where('ticket_next', '=', given.issued)
    .returning('serial'),
)

/** False when another connection of the same gateway was admitted meanwhile: this one must not go on. */
export async function confirmTicket(tx: Writer, serial: string, issued: string): Promise<boolean> {
  return (await confirm(tx, { serial, issued })).rows.length > 0
}
