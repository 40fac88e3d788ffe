import { createHash } from 'node:crypto'
import { lastFire, parseCron } from './cron.ts'
import { type Firmware, upgradesFor } from './firmware.ts'

export const upgradeTypes = ['scheduled', 'boot', 'manual'] as const
export const versionTypes = ['Device', 'Dpi'] as const

/** When a device upgrades by itself. */
export interface UpgradePolicy {
  readonly serial: string
  readonly versionType: (typeof versionTypes)[number]
  readonly upgradeType: (typeof upgradeTypes)[number]
  /** Of `scheduled` alone. */
  readonly schedule: Schedule | undefined
  readonly tried: { readonly version: string; readonly at: number } | undefined
  /** Of `boot`: the start of the device that was looked at last. */
  readonly seenStart: number | undefined
}

export interface Schedule {
  /** Quartz: seconds, minutes, hours, day of the month, month, day of the week. */
  readonly cron: string
  /** Minutes in which an upgrade may begin. */
  readonly minutes: number
  /** IANA. */
  readonly timeZone: string
}

/** What a schedule is that says no more than its type (C; the values are those of the published example). */
export const scheduleDefaults: Schedule = { cron: '0 0 4 1/1 * ?', minutes: 60, timeZone: 'Asia/Shanghai' }

/** Minutes over which devices of one schedule are spread (D). */
export const jitterMinutes = 5

const minuteMs = 60_000

export function isCron(text: string): boolean {
  return parseCron(text) !== undefined
}

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export interface Upgradable {
  readonly serial: string
  readonly version: string
  /** When it started, as it said itself. */
  readonly startedAt: number | undefined
}

/**
 * The version a device is to take now; undefined: none. It takes a release only, each one once in a window, or once after a
 * start: one that it does not get to run is not offered to it again and again.
 */
export function upgradeNow(
  policy: UpgradePolicy,
  device: Upgradable,
  offered: readonly Firmware[],
  now: number,
): string | undefined {
  const [newest] = upgradesFor(
    device,
    offered.filter(({ type }) => type === 'release'),
  )
  // There are no signatures of applications on offer.
  if (newest === undefined || policy.versionType === 'Dpi') return undefined
  const { upgradeType, schedule, tried, seenStart } = policy
  if (upgradeType === 'boot') {
    const isNewStart = device.startedAt !== undefined && device.startedAt !== seenStart
    return isNewStart && tried?.version !== newest.version ? newest.version : undefined
  }
  if (upgradeType !== 'scheduled' || schedule === undefined) return undefined
  const window = windowAt(schedule, device.serial, now)
  if (window === undefined) return undefined
  const wasTried = tried !== undefined && tried.version === newest.version && tried.at >= window
  return wasTried ? undefined : newest.version
}

/** Which schedules have a window open, for some of their devices at least. Many devices have the same: each is worked out once. */
export function openSchedules(now: number): (schedule: Schedule) => boolean {
  const known = new Map<string, boolean>()
  return (schedule) => {
    const text = JSON.stringify(schedule)
    const isOpen = known.get(text) ?? fireOf(schedule, now) !== undefined
    known.set(text, isOpen)
    return isOpen
  }
}

/** When the window began that is open for a device now; undefined: none is. */
export function windowAt(schedule: Schedule, serial: string, now: number): number | undefined {
  const fire = fireOf(schedule, now)
  return fire !== undefined && now >= fire + delayOf(serial) * minuteMs ? fire : undefined
}

function fireOf({ cron, minutes, timeZone }: Schedule, now: number): number | undefined {
  const times = parseCron(cron)
  return times && lastFire(times, timeZone, now, minutes)
}

/** The same for a device each time. */
function delayOf(serial: string): number {
  return (createHash('sha256').update(serial).digest()[0] ?? 0) % (jitterMinutes + 1)
}
