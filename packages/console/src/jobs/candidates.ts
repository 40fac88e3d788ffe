import { type FleetRow, healthOf } from '../fleet/row.ts'
import type { Kind } from './jobs.ts'

/** Why something that was chosen is not in a job. */
export type WhyNot = 'unseen' | 'app' | 'offline' | 'same' | 'model' | 'version'

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
): readonly Candidate[] {
  return ids.map((id) => {
    const row = byId.get(id)
    return { key: id, id, row, serial: undefined, role: undefined, against: reasonAgainst(kind, row) }
  })
}

/** Why a gateway that was chosen is not in a job; undefined: it is. */
export function reasonAgainst(kind: Kind, row: FleetRow | undefined): WhyNot | undefined {
  if (row === undefined) return 'unseen'
  if (row.InstanceType === 'app') return 'app'
  if (row.OnlineCount === 0 || healthOf(row) === 'offline') return 'offline'
  return kind === 'Synchronize' && row.SynStatus === 'Synchronized' ? 'same' : undefined
}
