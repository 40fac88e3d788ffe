import type { BoxSection } from './box-config.ts'
import type { Names } from './hpke.ts'
import type { KeyPair } from './keys.ts'
import { openMessage, type SealedMessage, sealMessage } from './sealed-message.ts'
import type { Secret } from './secret.ts'
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
  return sealMessage(sealKey, secret, namesOf(purpose), random)
}

/**
 * The caller wipes what it has opened.
 * @throws ProtocolError when it was sealed to another key or for another purpose.
 */
export function openBoxSecret(sealing: KeyPair, sealed: SealedMessage, purpose: BoxSecretPurpose): Secret {
  return openMessage(sealing, sealed, namesOf(purpose))
}

function namesOf({ serial, section, name }: BoxSecretPurpose): Names {
  return { info, aad: Buffer.from(JSON.stringify([serial, section, name])) }
}
