import type { KnownGateway } from '@opensag/protocol'
import { compiledRow } from '../compiled-query.ts'
import type { Reader, Writer } from '../store.ts'
import { updateDevice } from './device-update.ts'
import { findHeldPassword } from './held-passwords.ts'
import { anyTicket } from './tickets.ts'

/** What the channel knows of a gateway. */
export interface Gateway extends KnownGateway {
  readonly serial: string
  readonly enrolmentKeySealed: string
  readonly node: string | undefined
  /** Where it came from last. */
  readonly source: string | undefined
  readonly passwordGeneration: number
  readonly capabilities: readonly string[]
}

const gatewayBySerial = compiledRow((db: Reader, given: { serial: string }) =>
  db
    .selectFrom('device')
    .select([
      'serial',
      'enrolment_key_sealed',
      'sign_key',
      'seal_key',
      'ticket',
      'ticket_next',
      'node',
      'came_from',
      'password_generation',
      'capabilities',
    ])
    .where('serial', '=', given.serial),
)

export async function findGateway(db: Reader, serial: string): Promise<Gateway | undefined> {
  const row = await gatewayBySerial(db, { serial })
  return (
    row && {
      serial: row.serial,
      enrolmentKeySealed: row.enrolment_key_sealed,
      signKey: row.sign_key ?? undefined,
      sealKey: row.seal_key ?? undefined,
      ticket: row.ticket === anyTicket ? undefined : (row.ticket ?? undefined),
      trusted: row.ticket === anyTicket,
      ticketNext: row.ticket_next ?? undefined,
      node: row.node ?? undefined,
      source: row.came_from ?? undefined,
      passwordGeneration: row.password_generation,
      capabilities: row.capabilities?.split(' ') ?? [],
    }
  )
}

/**
 * From now on only these keys are this gateway, and no ticket has been confirmed. What was known of the password goes with a
 * box that was replaced.
 */
export async function enrolGateway(
  tx: Writer,
  serial: string,
  { signKey, sealKey, at }: { readonly signKey: string; readonly sealKey: string; readonly at: number },
): Promise<void> {
  const isSameBox = (await findHeldPassword(tx, serial))?.sealKey === sealKey
  await tx
    .updateTable('device')
    .set({
      sign_key: signKey,
      seal_key: sealKey,
      enrolled_at: at,
      ticket: null,
      ticket_next: null,
      ...(isSameBox ? {} : { password_set: null, password_changed_at: null, password_mark: null }),
    })
    .where('serial', '=', serial)
    .execute()
}

export async function saveCapabilities(tx: Writer, serial: string, capabilities: readonly string[]): Promise<void> {
  // One that carries packets has no tunnel until it says so; of another one that is not known.
  const tunnel_up = capabilities.includes('network') ? 0 : null
  const columns = {
    capabilities: capabilities.length === 0 ? null : capabilities.join(' '),
    tunnel_up,
    has_traffic: null,
  }
  await updateDevice(tx, columns, { serial })
}
