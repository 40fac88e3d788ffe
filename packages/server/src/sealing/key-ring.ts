import type { Secret } from '@opensag/protocol'
import { createSealer, type Sealer } from './sealing.ts'

/** A sealer whose key can be succeeded by another one while it is in use. */
export interface KeyRing extends Sealer {
  /** Seals with `next` from now on; what the key before it sealed still opens. */
  turnTo(next: Buffer): void
  /** Opens nothing of the key before any more. */
  forgetOlder(): void
  /**
   * The same secret under the newest key; undefined when it is under that key already.
   *
   * @throws when it opens under neither
   */
  renewed(sealed: string, context: string): string | undefined
}

/** @param masterKey 32 bytes */
export function createKeyRing(masterKey: Buffer): KeyRing {
  let newest = createSealer(masterKey)
  let older: Sealer | undefined

  function underNewest(sealed: string, context: string): Secret | undefined {
    if (older === undefined) return newest.open(sealed, context)
    try {
      return newest.open(sealed, context)
    } catch {
      // The older key decides: what does not open under that one either throws there.
      return undefined
    }
  }

  return {
    seal: (secret, context) => newest.seal(secret, context),
    open(sealed, context) {
      const found = underNewest(sealed, context)
      if (found !== undefined) return found
      return (older as Sealer).open(sealed, context)
    },
    turnTo(next) {
      older = newest
      newest = createSealer(next)
    },
    forgetOlder() {
      older = undefined
    },
    renewed(sealed, context) {
      if (underNewest(sealed, context) !== undefined) return undefined
      return newest.seal((older as Sealer).open(sealed, context), context)
    },
  }
}
