import type { From } from './admission-limit.ts'

/** Connections that are let in and have sent no proof yet, so that one of them can make room. */
export interface SilentConnections {
  /** @returns to be called when its proof came, or when it is over */
  add(from: From, drop: () => void): () => void
  /**
   * Drops the one that has been silent longest: a gateway proves itself within a round trip. Strangers go first, and none
   * makes room for a stranger but a stranger. @returns false when there is none
   */
  dropOldest(makingRoomFor: From): boolean
}

export function createSilentConnections(): SilentConnections {
  const silent: Readonly<Record<From, Set<() => void>>> = { known: new Set(), stranger: new Set() }

  return {
    add(from, drop) {
      const one = (): void => drop()
      silent[from].add(one)
      return () => void silent[from].delete(one)
    },
    dropOldest(makingRoomFor) {
      const [stranger] = silent.stranger
      const [known] = makingRoomFor === 'known' ? silent.known : []
      const drop = stranger ?? known
      if (drop === undefined) return false
      silent.stranger.delete(drop)
      silent.known.delete(drop)
      drop()
      return true
    },
  }
}
