import type { ResultOf } from '@opensag/smartag-client'
import type { Always } from '../app/always.ts'
import type { Tone } from '../ui/tones.ts'
import type { Tag } from './tags.ts'

type Listed = Omit<ResultOf<'ListFleet'>['Instances'][number], 'Tags'>

type AlwaysThere =
  | 'SmartAGId'
  | 'RegionId'
  | 'InstanceType'
  | 'Status'
  | 'BusinessState'
  | 'DeviceCount'
  | 'OnlineCount'
  | 'LockedCount'
  | 'CreateTime'

/** An instance as `ListFleet` tells it. What is absent does not apply. */
export interface FleetRow extends Always<Listed, AlwaysThere> {
  readonly InstanceType: 'hardware' | 'vcpe' | 'app'
  /** Where it is, in somebody's words. */
  readonly Position?: string
  readonly Tags?: readonly Tag[]
}

/** What somebody who looks after gateways wants to tell apart, the worst first. */
export const healths = ['locked', 'offline', 'overdue', 'degraded', 'unsynchronized', 'waiting', 'online'] as const

export type Health = (typeof healths)[number]

export const healthTones: Readonly<Record<Health, Tone>> = {
  locked: 'bad',
  offline: 'bad',
  overdue: 'warn',
  degraded: 'warn',
  unsynchronized: 'info',
  waiting: 'idle',
  online: 'ok',
}

/** Somebody has to look at it. */
export function isTrouble(health: Health): boolean {
  return healthTones[health] === 'bad' || healthTones[health] === 'warn'
}

/** How many there are of each state. */
export function countsByHealth(rows: readonly FleetRow[]): Readonly<Record<Health, number>> {
  const counts = Object.fromEntries(healths.map((health) => [health, 0])) as Record<Health, number>
  for (const row of rows) counts[healthOf(row)] += 1
  return counts
}

/** The first that applies: of two troubles the graver one is shown. */
export function healthOf(row: FleetRow): Health {
  if (row.LockedCount > 0) return 'locked'
  if (row.BusinessState === 'Arrearage') return 'overdue'
  if (row.InstanceType === 'app') return row.Status === 'Active' ? 'online' : 'waiting'
  // Activated hardware without a network is `Init` whether its devices are connected or not.
  if (row.Status === 'Offline') return 'offline'
  if (row.Status !== 'Active') return 'waiting'
  if (row.OnlineCount < row.DeviceCount) return 'degraded'
  return row.SynStatus === undefined || row.SynStatus === 'Synchronized' ? 'online' : 'unsynchronized'
}

/** What is wrong with an administrator password, the worse first. */
export const passwordStates = ['default', 'old'] as const

export type PasswordState = (typeof passwordStates)[number]

/**
 * `default`: that of one of its devices is as it came, because nobody has set it, or changed it since the device enrolled.
 * `old`: one is older than the maximum age of the server.
 */
export function passwordStatesOf({
  DefaultPasswordCount = 0,
  OldPasswordCount = 0,
}: Pick<FleetRow, 'DefaultPasswordCount' | 'OldPasswordCount'>): readonly PasswordState[] {
  return passwordStates.filter((state) => (state === 'default' ? DefaultPasswordCount : OldPasswordCount) > 0)
}

export function titleOf(row: Pick<FleetRow, 'Name' | 'SmartAGId'>): string {
  return row.Name ?? row.SmartAGId
}

export function serialsOf({ SerialNumber }: Pick<FleetRow, 'SerialNumber'>): readonly string[] {
  return SerialNumber === undefined ? [] : SerialNumber.split(',')
}

/** The rows of each network; those in none under `undefined`. */
export function membersByNetwork(rows: readonly FleetRow[]): ReadonlyMap<string | undefined, readonly FleetRow[]> {
  const members = new Map<string | undefined, FleetRow[]>()
  for (const row of rows) {
    const known = members.get(row.AssociatedCcnId)
    if (known === undefined) members.set(row.AssociatedCcnId, [row])
    else known.push(row)
  }
  return members
}
