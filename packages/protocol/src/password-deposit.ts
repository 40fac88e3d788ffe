import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import type { KeyPair } from './keys.ts'
import type { PasswordPurpose } from './sealed-password.ts'
import type { Random } from './time-and-chance.ts'
import { ProtocolError } from './wire.ts'

/**
 * The hash of its password, as a gateway leaves it with the server: sealed with a key that follows from its own sealing
 * key, so that to everybody else it is noise. A disk that is rolled back to an older image gets it back.
 */
const cipher = 'aes-256-gcm'
const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16

export function sealDeposit(sealing: KeyPair, hash: string, purpose: PasswordPurpose, random: Random): string {
  const nonce = random(nonceBytes)
  const encryption = createCipheriv(cipher, keyOf(sealing), nonce).setAAD(authenticated(purpose))
  const sealed = [nonce, encryption.update(hash, 'utf8'), encryption.final(), encryption.getAuthTag()]
  return Buffer.concat(sealed).toString('base64url')
}

/** @throws ProtocolError when it was sealed by another gateway or for another change. */
export function openDeposit(sealing: KeyPair, deposit: string, purpose: PasswordPurpose): string {
  const bytes = Buffer.from(deposit, 'base64url')
  if (bytes.length < nonceBytes + tagBytes) throw new ProtocolError('A deposit is too short to be one.')
  const decryption = createDecipheriv(cipher, keyOf(sealing), bytes.subarray(0, nonceBytes))
  decryption.setAAD(authenticated(purpose)).setAuthTag(bytes.subarray(bytes.length - tagBytes))
  try {
    const clear = decryption.update(bytes.subarray(nonceBytes, bytes.length - tagBytes))
    return Buffer.concat([clear, decryption.final()]).toString('utf8')
  } catch (error) {
    throw new ProtocolError('A deposit does not open here.', { cause: error })
  }
}

function keyOf(sealing: KeyPair): Buffer {
  const secret = Buffer.from(sealing.secret.reveal(), 'base64url')
  return Buffer.from(hkdfSync('sha256', secret, '', 'opensag administrator password deposit 1', keyBytes))
}

function authenticated({ serial, changeId, generation }: PasswordPurpose): Buffer {
  return Buffer.from(JSON.stringify([serial, changeId, generation]))
}
