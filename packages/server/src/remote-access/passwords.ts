import { type Random, Secret } from '@opensag/protocol'
import { hashClientPassword, verifyClientPassword } from '../access/client-passwords.ts'

export interface Passwords {
  /**
   * Whether the password opens the hash. Without a hash it takes as long and is false, so that nobody learns from it
   * which accounts there are.
   */
  check(hash: string | undefined, password: Secret): Promise<boolean>
}

export async function createPasswords(random: Random): Promise<Passwords> {
  const nobodys = await hashClientPassword(Secret.of(random(24).toString('base64url')))
  return {
    async check(hash, password) {
      const right = await verifyClientPassword(hash ?? nobodys, password)
      return right && hash !== undefined
    },
  }
}
