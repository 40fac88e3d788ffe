import { isCriticalTag } from '@opensag/rules'
import { endTime } from './activation.ts'
import { isDefaultPassword } from './admin-password-state.ts'
import type { Device } from './device.ts'
import { type Firmware, isNewerThan } from './firmware.ts'
import { type FleetHealth, fleetHealthOf, fleetHealths, isTunnelDown } from './fleet-health.ts'
import { sinceOf } from './gateway-health.ts'
import type { Instance } from './instance.ts'
import { trafficMaster } from './pair.ts'
import type { Tags } from './tags.ts'

/** What somebody has to look at, the gravest first. */
export const troubleKinds = [
  'Offline',
  'Locked',
  'TunnelDown',
  'PartlyOnline',
  'NotSynchronized',
  'PasswordFailed',
  'Overdue',
  'DefaultPassword',
  'Behind',
  'EndsSoon',
] as const

export type TroubleKind = (typeof troubleKinds)[number]

export interface TroubleRow {
  readonly instanceId: string
  readonly regionId: string
  readonly name: string | undefined
  readonly tags?: Tags | undefined
  /** The device it is about, where it is one. */
  readonly device?: Device | undefined
  readonly since?: number | undefined
  /** Of a subscription. */
  readonly endsAt?: number | undefined
  /** That could be had. */
  readonly version?: string | undefined
}

export interface Trouble {
  readonly kind: TroubleKind
  readonly total: number
  /** The first of them: those that are critical, and inside those that began first, or end first. */
  readonly rows: readonly TroubleRow[]
}

export interface VersionCount {
  readonly model: string
  readonly version: string
  readonly count: number
  readonly isBehind: boolean
}

/** Of each kind so many rows are told, and of versions so many. */
export const mostRows = 10
export const mostVersions = 20

const endsSoonMs = 30 * 24 * 3_600_000

interface Clocks {
  /** Of orders and subscriptions. */
  readonly now: number
  readonly firmware: readonly Firmware[]
}

/** Counts a fleet, instance by instance, and keeps no more than it tells of, however many there are. */
export class FleetSummary {
  readonly #now: number
  /** The newest release of each model. */
  readonly #newest: ReadonlyMap<string, string>
  readonly #healths = new Map<FleetHealth, number>(fleetHealths.map((health) => [health, 0]))
  readonly #kinds = new Map<TroubleKind, { total: number; rows: TroubleRow[] }>()
  readonly #versions = new Map<string, { model: string; version: string; count: number }>()

  #anyConnected = false

  constructor({ now, firmware }: Clocks) {
    this.#now = now
    this.#newest = newestReleases(firmware)
  }

  add(instance: Instance): void {
    const now = this.#now
    const health = fleetHealthOf(instance, now)
    this.#healths.set(health, (this.#healths.get(health) ?? 0) + 1)
    const { id: instanceId, regionId, name, tags, devices } = instance
    const row: TroubleRow = { instanceId, regionId, name, tags }
    const kind = kindOfHealth[health]
    if (kind !== undefined)
      this.#note(kind === 'Offline' && isTunnelDown(instance) ? 'TunnelDown' : kind, about(row, instance, kind))
    if (devices.some(isDefaultPassword)) this.#note('DefaultPassword', row)
    const end = endTime(instance, now)
    if (end !== undefined && end > now && end - now <= endsSoonMs) this.#note('EndsSoon', { ...row, endsAt: end })
    let newer: string | undefined
    for (const { model, version, connected } of devices) {
      this.#countVersion(model, version)
      newer = this.#newerThan(model, version) ?? newer
      if (connected) this.#anyConnected = true
    }
    if (newer !== undefined) this.#note('Behind', { ...row, version: newer })
  }

  /** Some gateway of those that were added is connected. */
  anyConnected(): boolean {
    return this.#anyConnected
  }

  healths(): readonly (readonly [FleetHealth, number])[] {
    return [...this.#healths]
  }

  troubles(): readonly Trouble[] {
    return troubleKinds.flatMap((kind) => {
      const found = this.#kinds.get(kind)
      return found === undefined ? [] : [{ kind, total: found.total, rows: found.rows }]
    })
  }

  /** The most frequent ones, and how many devices have another one. */
  versions(): { readonly shown: readonly VersionCount[]; readonly others: number } {
    const all = [...this.#versions.values()].sort((a, b) => b.count - a.count || (keyOf(a) < keyOf(b) ? -1 : 1))
    const shown = all.slice(0, mostVersions).map(({ model, version, count }) => {
      return { model, version, count, isBehind: this.#newerThan(model, version) !== undefined }
    })
    return { shown, others: all.slice(mostVersions).reduce((sum, { count }) => sum + count, 0) }
  }

  #note(kind: TroubleKind, row: TroubleRow): void {
    const found = this.#kinds.get(kind) ?? { total: 0, rows: [] }
    found.total += 1
    const place = found.rows.findIndex((other) => comesBefore(row, other))
    if (place !== -1) found.rows.splice(place, 0, row)
    else if (found.rows.length < mostRows) found.rows.push(row)
    found.rows.length = Math.min(found.rows.length, mostRows)
    this.#kinds.set(kind, found)
  }

  #countVersion(model: string, version: string): void {
    // A vCPE that has never come has none.
    if (version === '0.0.0.0') return
    const key = keyOf({ model, version })
    const found = this.#versions.get(key)
    if (found === undefined) this.#versions.set(key, { model, version, count: 1 })
    else found.count += 1
  }

  #newerThan(model: string, version: string): string | undefined {
    const newest = this.#newest.get(model)
    return newest !== undefined && version !== '0.0.0.0' && isNewerThan(newest, version) ? newest : undefined
  }
}

const kindOfHealth: Readonly<Partial<Record<FleetHealth, TroubleKind>>> = {
  locked: 'Locked',
  offline: 'Offline',
  overdue: 'Overdue',
  degraded: 'PartlyOnline',
  unsynchronized: 'NotSynchronized',
}

/** The device that is the trouble, and since when. Nothing is said of a time that nobody has written down. */
function about(row: TroubleRow, instance: Instance, kind: TroubleKind): TroubleRow {
  const { devices } = instance
  const master = trafficMaster(instance)
  const device =
    kind === 'Locked'
      ? devices.find(({ lockedSince }) => lockedSince !== undefined)
      : kind === 'Offline' && master?.connected === false
        ? master
        : kind === 'PartlyOnline'
          ? devices.find(({ connected }) => !connected)
          : undefined
  if (device === undefined) return row
  return { ...row, device, since: device.connectedAt === undefined ? undefined : sinceOf(device) }
}

function comesBefore(one: TroubleRow, other: TroubleRow): boolean {
  const [first, second] = [isCritical(one), isCritical(other)]
  return first === second ? orderOf(one) < orderOf(other) : first
}

function isCritical({ tags = [] }: TroubleRow): boolean {
  return tags.some(([key, value]) => isCriticalTag(key, value))
}

function orderOf({ since, endsAt }: TroubleRow): number {
  return since ?? endsAt ?? Number.POSITIVE_INFINITY
}

function keyOf({ model, version }: { readonly model: string; readonly version: string }): string {
  return `${model} ${version}`
}

function newestReleases(firmware: readonly Firmware[]): ReadonlyMap<string, string> {
  const newest = new Map<string, string>()
  for (const { model, version, type } of firmware) {
    const known = newest.get(model)
    if (type === 'release' && (known === undefined || isNewerThan(version, known))) newest.set(model, version)
  }
  return newest
}
