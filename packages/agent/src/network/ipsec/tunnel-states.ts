import type { WallClock } from '@opensag/protocol'
import type { TunnelState } from './ipsec.ts'

/** Which tunnels are up, and since when. */
export interface TunnelStates {
  /** In the order in which they are wanted. */
  list(): readonly TunnelState[]
  /** What has changed. A tunnel that is new and down has not; one that is not wanted any more has. */
  update(wanted: readonly string[], up: ReadonlySet<string>): readonly StateChange[]
}

export interface StateChange {
  readonly name: string
  /** Undefined: it is not wanted any more. */
  readonly isUp: boolean | undefined
  /** Milliseconds for which it had been as it was. */
  readonly afterMs: number
}

export function createTunnelStates(wallClock: WallClock): TunnelStates {
  let states: ReadonlyMap<string, TunnelState> = new Map()

  return {
    list: () => [...states.values()],
    update(wanted, up) {
      const now = wallClock()
      const before = states
      states = new Map(wanted.map((name) => [name, next(before.get(name), name, up.has(name), now)]))
      const gone = [...before.values()].filter(({ name }) => !states.has(name))
      const changed = [...states.values()].filter(({ name, isUp }) => isUp !== (before.get(name)?.isUp ?? false))
      const afterMs = (name: string): number => now - (before.get(name)?.since ?? now)
      return [
        ...gone.map(({ name }) => ({ name, isUp: undefined, afterMs: afterMs(name) })),
        ...changed.map(({ name, isUp }) => ({ name, isUp, afterMs: afterMs(name) })),
      ]
    },
  }
}

function next(before: TunnelState | undefined, name: string, isUp: boolean, now: number): TunnelState {
  return before?.isUp === isUp ? before : { name, isUp, since: now }
}
