import { endings } from '../../model/endings.ts'
import { takeOwnership } from '../gateways/ownership.ts'
import { takeOffline } from '../gateways/presence.ts'
import type { Writer } from '../store.ts'

/** Whoever has the new key can enrol in its place, and nobody else is it any more. */
export async function forgetIdentity(tx: Writer, serial: string, enrolmentKeySealed: string): Promise<void> {
  await tx
    .updateTable('device')
    .set({
      enrolment_key_sealed: enrolmentKeySealed,
      sign_key: null,
      seal_key: null,
      enrolled_at: null,
      ticket: null,
      ticket_next: null,
      promised_revision: null,
      // A key that was offered for enrolling anew counts no more.
      reenrolment_key_sealed: null,
      reenrolment_at: null,
      reenrolment_until: null,
    })
    .where('serial', '=', serial)
    .execute()
}

/** Its connection counts for nothing from here on: what it would write is not written, and ends it. */
export async function cutOff(tx: Writer, serial: string, at: number): Promise<void> {
  await takeOffline(tx, serial, { at, reason: endings.newKey })
  await takeOwnership(tx, serial)
}
