import { hpkeOpen, hpkeSeal, type Names } from './hpke.ts'
import type { KeyPair } from './keys.ts'
import type { SealedMessage } from './sealed-message.ts'
import { Secret } from './secret.ts'
import type { Random } from './time-and-chance.ts'

const info = Buffer.from('opensag administrator password 1')

/** What a sealed password is for; it opens for nothing else. */
export interface PasswordPurpose {
  readonly serial: string
  readonly changeId: string
  readonly generation: number
}

export function sealPassword(
  sealKey: string,
  password: Secret,
  purpose: PasswordPurpose,
  random: Random,
): SealedMessage {
  const { enc, ciphertext } = hpkeSeal(sealKey, password.revealBytes(), namesOf(purpose), random)
  return { enc: enc.toString('base64url'), ciphertext: ciphertext.toString('base64url') }
}

/**
 * Whoever opens a password wipes it.
 * @throws ProtocolError when it was sealed to another key or for another purpose.
 */
export function openPassword(sealing: KeyPair, sealed: SealedMessage, purpose: PasswordPurpose): Secret {
  const enc = Buffer.from(sealed.enc, 'base64url')
  const ciphertext = Buffer.from(sealed.ciphertext, 'base64url')
  return Secret.holding(hpkeOpen(sealing, { enc, ciphertext }, namesOf(purpose)))
}

function namesOf({ serial, changeId, generation }: PasswordPurpose): Names {
  return { info, aad: Buffer.from(JSON.stringify([serial, changeId, generation])) }
}
