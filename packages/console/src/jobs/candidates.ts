import { type FleetRow, healthOf } from '../fleet/row.ts'
import type { Kind } from './jobs.ts'
import type { AgainstNetwork } from './network-choice.ts'

/** Why something that was chosen is not in a job. */
export type WhyNot = 'unseen' | 'app' | 'offline' | 'same' | 'model' | 'version' | AgainstNetwork

/** An instance that was chosen, or one device of it where a job is about devices. */
export interface Candidate {
  readonly key: string
  readonly id: string
  readonly row: FleetRow | undefined
  readonly serial: string | undefined
  readonly role: 'active' | 'standby' | undefined
  readonly against: WhyNot | undefined
}

export function candidates(
  kind: Kind,
  ids: readonly string[],
  byId: ReadonlyMap<string, FleetRow>,
  /** Of those that cannot get into the network of the job. */
  notIn: ReadonlyMap<string, AgainstNetwork> = new Map(),
): readonly Candidate[] {
  return ids.map((id) => {
    const row = byId.get(id)
    const against = reasonAgainst(kind, row) ?? notIn.get(id)
    return { key: id, id, row, serial: undefined, role: undefined, against }
  })
}

/** Why a gateway that was chosen is not in a job; undefined: it is. */
export function reasonAgainst(kind: Kind, row: FleetRow | undefined): WhyNot | undefined {
  if (row === undefined) return 'unseen'
  // What becomes of these is written at the server, and gateways that are away hear of it later.
  if (kind === 'AddToNetwork' || kind === 'Tag' || kind === 'Untag') return undefined
  if (row.InstanceType === 'app') return 'app'
  if (row.OnlineCount === 0 || healthOf(row) === 'offline') return 'offline'
  return kind === 'Synchronize' && row.SynStatus === 'Synchronized' ? 'same' : undefined
}
