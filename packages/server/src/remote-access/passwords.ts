import type { Random, Secret } from '@opensag/protocol'
import { nobodysHash, verifyClientPassword } from '../access/client-passwords.ts'

export interface Passwords {
  /**
   * Whether the password opens the hash. Without a hash it takes as long and is false, so that nobody learns from it
   * which accounts there are.
   */
  check(hash: string | undefined, password: Secret): Promise<boolean>
}

export function createPasswords(random: Random): Passwords {
  const nobodys = nobodysHash(random)
  return {
    async check(hash, password) {
      const right = await verifyClientPassword(hash ?? nobodys, password)
      return right && hash !== undefined
    },
  }
}
