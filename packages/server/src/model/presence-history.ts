import type { Device } from './device.ts'

/** When a gateway came or went, the newest first. */
export interface PresenceEvent {
  readonly kind: string
  readonly at: number
  readonly detail: string
}

export interface PresencePeriod {
  readonly from: number
  /** Undefined: it still lasts. */
  readonly to: number | undefined
  readonly state: 'Online' | 'Offline'
  /** How the connection ended that it was without then. */
  readonly ending?: string | undefined
}

/**
 * The events with what its row says of now before them, where no event does: it may have come, or gone, before it was bound
 * to the instance, whose events these are.
 */
export function withPresent(
  newestFirst: readonly PresenceEvent[],
  { connected, lockedSince, connectedAt, lastSeenAt, boundAt = 0 }: PresentDevice,
): readonly PresenceEvent[] {
  const isHere = connected || lockedSince !== undefined
  const at = isHere ? connectedAt : lastSeenAt
  if (newestFirst.length > 0 || connectedAt === undefined || at === undefined) return newestFirst
  const detail = isHere && !connected ? 'locked' : ''
  return [{ kind: isHere ? 'DeviceOnline' : 'DeviceOffline', at: Math.max(at, boundAt), detail }]
}

type PresentDevice = Pick<Device, 'connected' | 'lockedSince' | 'connectedAt' | 'lastSeenAt' | 'boundAt'>

/**
 * When a gateway was there and when it was away, the oldest first, within a window; exact, so that whoever shows it in steps
 * can say of each what was worst in it. What lies before the first event is not known and is left out. One that came back
 * locked was connected, and is not online: while it is locked that is known, and of the past nobody has written down when it
 * was opened, so that nothing is told of it.
 */
export function presencePeriods(
  newestFirst: readonly PresenceEvent[],
  device: Pick<Device, 'lockedSince'> | undefined,
  window: { readonly from: number; readonly to: number },
): readonly PresencePeriod[] {
  const periods: PresencePeriod[] = []
  let end: number | undefined
  for (const { kind, at, detail } of newestFirst) {
    // The clock of the server may have been put back.
    const until = Math.min(end ?? window.to, window.to)
    const from = Math.max(at, window.from)
    const state = stateAfter(kind, detail, at === device?.lockedSince)
    if (state !== undefined && from < until) {
      const ending = kind === 'DeviceOffline' && detail !== '' ? detail : undefined
      periods.push({ from, to: end === undefined ? undefined : until, state, ending })
    }
    if (at <= window.from) break
    end = Math.min(at, until)
  }
  return periods.reverse()
}

function stateAfter(kind: string, detail: string, isLocked: boolean): PresencePeriod['state'] | undefined {
  if (kind === 'DeviceOffline') return 'Offline'
  if (detail !== 'locked') return 'Online'
  return isLocked ? 'Offline' : undefined
}
