import { type AgreedRevision, type LastChange, LinkEnded } from '@opensag/protocol'
import { generationFloor } from '../store/access/restore-marks.ts'
import { recordReverted, statusColumns } from '../store/gateways/configurations.ts'
import { takeOwnership } from '../store/gateways/ownership.ts'
import { failChangesOf } from '../store/gateways/password-changes.ts'
import { findArriving, setConnected } from '../store/gateways/presence.ts'
import { reportColumns } from '../store/gateways/reports.ts'
import { confirmTicket } from '../store/gateways/tickets.ts'
import type { Writer } from '../store/store.ts'
import { type AdmittedGateway, hashOfTicket } from './handshake.ts'
import type { Report } from './held-gateways.ts'
import { isStillLast } from './journal.ts'

export interface Connecting {
  readonly link: { readonly isOpen: boolean }
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
 *
 * @throws LinkEnded when the connection has ended meanwhile; nothing was written
 */
export async function recordConnected(
  tx: Writer,
  { link, admitted, report, last, node, at }: Connecting,
): Promise<Connected | undefined> {
  // It may have given up while it waited for the store: then nobody is to be recorded.
  if (!link.isOpen) throw new LinkEnded('The connection ended before it was recorded.')
  const { serial, sealKey, ticket } = admitted
  // Every gateway of the fleet comes through here, and while one does no other is recorded: three trips to the database.
  const [isLast, away, floor] = await Promise.all([
    isStillLast(tx, { serial, sealKey, last }),
    findArriving(tx, serial),
    generationFloor(tx),
  ])
  // What was compared must still be so here: a decision of an older connection may have committed since.
  if (!isLast || away === undefined) return undefined
  if (!(await confirmTicket(tx, serial, hashOfTicket(ticket)))) return undefined
  const { columns, promised } = reportColumns(away, report, at)
  const status = statusColumns(away, report, at)
  const connected = { node, at, saysLocked: report.locked === true }
  const [epoch, lock] = await Promise.all([
    takeOwnership(tx, serial),
    setConnected(tx, serial, connected, { away, columns: { ...columns, ...status.columns } }),
    failChangesOf(tx, serial, at),
    status.gaveUp === undefined ? undefined : recordReverted(tx, serial, status.gaveUp, at),
  ])
  return { epoch, lock, promised, floor }
}
