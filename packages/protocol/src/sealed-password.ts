import type { Names } from './hpke.ts'
import type { KeyPair } from './keys.ts'
import { openMessage, type SealedMessage, sealMessage } from './sealed-message.ts'
import type { Secret } from './secret.ts'
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
  return sealMessage(sealKey, password, namesOf(purpose), random)
}

/**
 * Whoever opens a password wipes it.
 * @throws ProtocolError when it was sealed to another key or for another purpose.
 */
export function openPassword(sealing: KeyPair, sealed: SealedMessage, purpose: PasswordPurpose): Secret {
  return openMessage(sealing, sealed, namesOf(purpose))
}

function namesOf({ serial, changeId, generation }: PasswordPurpose): Names {
  return { info, aad: Buffer.from(JSON.stringify([serial, changeId, generation])) }
}
