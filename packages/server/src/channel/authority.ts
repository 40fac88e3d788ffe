import type { FromServer, KeyPair, Random, WallClock } from '@opensag/protocol'
import { ProtocolError } from '@opensag/protocol'
import { authorityCertificate, deviceCertificate, UnusableKey } from '../network/certificates.ts'
import type { Sealer } from '../sealing/sealing.ts'
import { openKeyPair } from '../store/sealed-key-pair.ts'
import type { Store } from '../store/store.ts'

/** Certifies the keys that tunnels are proved with. */
export interface Authority {
  /**
   * Answers for a device that has proved itself, and for its own name only.
   *
   * @param key public key as in `certify`
   * @throws ProtocolError when it is no key that can be certified
   */
  certify(serial: string, key: string): Promise<FromServer & { readonly kind: 'certificate' }>
}

/** Its key is made, or opened, when the first device asks: a server without a network has none. */
export function createAuthority({
  store,
  sealer,
  random,
  wallClock,
}: {
  readonly store: Store
  readonly sealer: Sealer
  readonly random: Random
  readonly wallClock: WallClock
}): Authority {
  let opened: Promise<KeyPair> | undefined

  async function keys(): Promise<KeyPair> {
    opened ??= openKeyPair('network_authority', { store, sealer, random })
    try {
      return await opened
    } catch (error) {
      // The next one tries again.
      opened = undefined
      throw error
    }
  }

  return {
    async certify(serial, key) {
      const authority = await keys()
      try {
        const spki = Buffer.from(key, 'base64url')
        const certificate = deviceCertificate(authority, { serial, key: spki, now: wallClock(), random })
        return {
          kind: 'certificate',
          certificate: certificate.toString('base64url'),
          authority: authorityCertificate(authority).toString('base64url'),
        }
      } catch (error) {
        throw error instanceof UnusableKey ? new ProtocolError(error.message) : error
      }
    },
  }
}
