import { endTime } from './activation.ts'
import type { AlertRule } from './alert.ts'
import type { Device } from './device.ts'
import type { Instance } from './instance.ts'

/** Something a rule is about, that is so now. */
export interface Cause {
  /** The same for as long as it lasts. */
  readonly key: string
  readonly serial?: string | undefined
  readonly event?: string | undefined
  /** Undefined where nobody has written down when it began. */
  readonly since: number | undefined
  /** Milliseconds it has to last before it is an alert. */
  readonly waitMs: number
}

export interface CauseClocks {
  /** The wall clock: gateways come and go by it. */
  readonly at: number
  /** The business clock: subscriptions end by it. */
  readonly now: number
}

const minuteMs = 60_000
const dayMs = 86_400_000

/** What of an instance a rule is about now. Moments are not among them: they come from events. */
export function causesOf(rule: AlertRule, instance: Instance, { now }: CauseClocks): readonly Cause[] {
  if (!rule.isEnabled || !(rule.instanceIds?.includes(instance.id) ?? true)) return []
  switch (rule.kind) {
    case 'GatewayOffline':
      return instance.devices.filter(isGone).map((device) => ({
        ...{ key: device.serial, serial: device.serial, since: goneSince(device) },
        waitMs: rule.threshold * minuteMs,
      }))
    case 'Unsynchronized':
      return instance.devices
        .filter(({ connected, synStatus }) => connected && synStatus === 'Unsynchronized')
        .map(({ serial }) => ({ key: serial, serial, since: undefined, waitMs: rule.threshold * minuteMs }))
    case 'SecurityEvent':
      return instance.devices
        .filter(({ lockedSince }) => lockedSince !== undefined)
        .map(({ serial, lockedSince }) => ({
          ...{ key: `locked/${serial}`, serial, event: 'DeviceLocked', since: lockedSince },
          waitMs: 0,
        }))
    case 'SubscriptionEnding': {
      const end = endTime(instance, now)
      if (end === undefined || end - now > rule.threshold * dayMs) return []
      return [{ key: `end/${instance.id}`, since: undefined, waitMs: 0 }]
    }
    case 'PasswordChangeFailed':
      return []
  }
}

/** It was here and is not. One that is locked is connected, and is an alert of its own. */
function isGone({ connected, lastSeenAt, lockedSince }: Device): boolean {
  return !connected && lastSeenAt !== undefined && lockedSince === undefined
}

/** One that restarts is still connected for a moment, and was last seen whenever it reported last. */
function goneSince({ lastSeenAt = 0, restartingSince = 0 }: Device): number {
  return Math.max(lastSeenAt, restartingSince)
}
