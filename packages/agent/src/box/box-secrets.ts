import { type BoxSecretPurpose, openBoxSecret, ProtocolError, type SealedMessage, type Secret } from '@opensag/protocol'
import { keptKeys } from '../connection-identity.ts'
import type { Disk } from '../disk.ts'

/** The secrets in the settings of a box, which are sealed to its key. */
export interface BoxSecrets {
  /**
   * The caller wipes what it has opened. Undefined: it was sealed to a key that this gateway does not have any more.
   * @throws when its keys cannot be read
   */
  open(sealed: SealedMessage, purpose: Omit<BoxSecretPurpose, 'serial'>): Promise<Secret | undefined>
}

/** What the server is told of a secret that does not open. */
export const unopenedSecret = 'It was sealed to a key that the device does not have any more: set it again.'

/** @param disk where the gateway keeps its keys; they are read when a secret is opened */
export function openBoxSecrets({ disk, serial }: { readonly disk: Disk; readonly serial: string }): BoxSecrets {
  return {
    async open(sealed, purpose) {
      const keys = await keptKeys(disk, serial)
      if (keys === undefined) return undefined // it has none yet, so nothing was sealed to them
      try {
        return openBoxSecret(keys.sealing, sealed, { serial, ...purpose })
      } catch (error) {
        if (error instanceof ProtocolError) return undefined
        throw error
      }
    },
  }
}
