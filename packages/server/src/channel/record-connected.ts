import type { AgreedRevision, LastChange } from '@opensag/protocol'
import { generationFloor } from '../store/access/restore-marks.ts'
import { saveConfigStatus } from '../store/gateways/configurations.ts'
import { takeOwnership } from '../store/gateways/ownership.ts'
import { failChangesOf } from '../store/gateways/password-changes.ts'
import { setConnected } from '../store/gateways/presence.ts'
import { saveReport } from '../store/gateways/reports.ts'
import { confirmTicket } from '../store/gateways/tickets.ts'
import type { Writer } from '../store/store.ts'
import { type AdmittedGateway, hashOfTicket } from './handshake.ts'
import type { Report } from './held-gateways.ts'
import { isStillLast } from './journal.ts'

export interface Connecting {
  readonly admitted: Pick<AdmittedGateway, 'serial' | 'sealKey' | 'ticket'>
  readonly report: Report['report']
  /** What the gateway was compared with. */
  readonly last: LastChange
  /** The node that holds the connection. */
  readonly node: string
  readonly at: number
}

export interface Connected {
  /** Of this connection: what it writes from now on is written only while no other one has been recorded. */
  readonly epoch: number
  readonly lock: 'locked' | 'open'
  readonly promised: AgreedRevision
  readonly floor: number
}

/**
 * The unit of work after which a gateway counts as connected. Undefined: it does not, because another copy was admitted
 * since, or another change has succeeded.
 */
export async function recordConnected(
  tx: Writer,
  { admitted, report, last, node, at }: Connecting,
): Promise<Connected | undefined> {
  const { serial, sealKey, ticket } = admitted
  // What was compared must still be so here: a decision of an older connection may have committed since.
  if (!(await isStillLast(tx, { serial, sealKey, last }))) return undefined
  if (!(await confirmTicket(tx, serial, hashOfTicket(ticket)))) return undefined
  const epoch = await takeOwnership(tx, serial)
  await failChangesOf(tx, serial, at)
  const lock = await setConnected(tx, serial, { node, at, saysLocked: report.locked === true })
  const promised = await saveReport(tx, serial, report, at)
  await saveConfigStatus(tx, serial, report, at)
  return { epoch, lock, promised, floor: await generationFloor(tx) }
}
