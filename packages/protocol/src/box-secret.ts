import type { BoxSection } from './box-config.ts'
import { hpkeOpen, hpkeSeal, type Names } from './hpke.ts'
import type { KeyPair } from './keys.ts'
import type { SealedMessage } from './sealed-message.ts'
import { Secret } from './secret.ts'
import type { Random } from './time-and-chance.ts'

const info = Buffer.from('opensag secret of a box 1')

/** What a secret in the settings of a box is for; it opens for nothing else. */
export interface BoxSecretPurpose {
  readonly serial: string
  readonly section: BoxSection
  /** Of the secret inside its section, e.g. `md5Key`, or `password of 5` where each port has one. */
  readonly name: string
}

/** @param sealKey the public key of the gateway, which alone can open it */
export function sealBoxSecret(
  sealKey: string,
  secret: Secret,
  purpose: BoxSecretPurpose,
  random: Random,
): SealedMessage {
  const { enc, ciphertext } = hpkeSeal(sealKey, secret.revealBytes(), namesOf(purpose), random)
  return { enc: enc.toString('base64url'), ciphertext: ciphertext.toString('base64url') }
}

/**
 * The caller wipes what it has opened.
 * @throws ProtocolError when it was sealed to another key or for another purpose.
 */
export function openBoxSecret(sealing: KeyPair, sealed: SealedMessage, purpose: BoxSecretPurpose): Secret {
  const enc = Buffer.from(sealed.enc, 'base64url')
  const ciphertext = Buffer.from(sealed.ciphertext, 'base64url')
  return Secret.holding(hpkeOpen(sealing, { enc, ciphertext }, namesOf(purpose)))
}

function namesOf({ serial, section, name }: BoxSecretPurpose): Names {
  return { info, aad: Buffer.from(JSON.stringify([serial, section, name])) }
}
