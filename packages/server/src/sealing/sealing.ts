import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Secret } from '@opensag/protocol'

/**
 * Keeps secrets unreadable in the store: AES-256-GCM under the master key. `context` names where the value lives
 * (table, column, primary key) and is authenticated with it, so a sealed value copied to another row does not open.
 */
export interface Sealer {
  seal(secret: Secret, context: string): string
  /** @throws when the value was damaged, belongs elsewhere or was sealed under another master key. */
  open(sealed: string, context: string): Secret
}

const cipherName = 'aes-256-gcm'
const nonceLength = 12
const tagLength = 16

/** @param masterKey 32 bytes. */
export function createSealer(masterKey: Buffer): Sealer {
  if (masterKey.length !== 32) throw new Error('The master key must have 32 bytes.')
  const key = Buffer.from(masterKey)
  return {
    seal(secret, context) {
      const nonce = randomBytes(nonceLength)
      const cipher = createCipheriv(cipherName, key, nonce, { authTagLength: tagLength }).setAAD(Buffer.from(context))
      const text = Buffer.concat([cipher.update(secret.revealBytes()), cipher.final()])
      return Buffer.concat([nonce, text, cipher.getAuthTag()]).toString('base64url')
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed, 'base64url')
      if (bytes.length < nonceLength + tagLength) throw new Error(`The sealed value of ${context} is damaged.`)
      const decipher = createDecipheriv(cipherName, key, bytes.subarray(0, nonceLength), { authTagLength: tagLength })
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(-tagLength))
      try {
        const text = decipher.update(bytes.subarray(nonceLength, -tagLength))
        // The tag is all that this checks: the mode keeps no bytes back.
        decipher.final()
        return Secret.holding(text)
      } catch (cause) {
        throw new Error(`The sealed value of ${context} does not open: damaged, or another master key.`, { cause })
      }
    },
  }
}
