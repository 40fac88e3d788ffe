import { z } from 'zod'
import { hpkeOpen, hpkeSeal, type Names } from './hpke.ts'
import type { KeyPair } from './keys.ts'
import { Secret } from './secret.ts'
import type { Random } from './time-and-chance.ts'

/** A secret sealed to a gateway's key: the encapsulated key and the ciphertext, base64url. */
export const sealedMessageSchema = z.object({
  enc: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  ciphertext: z.string().regex(/^[A-Za-z0-9_-]{1,700}$/),
})

export type SealedMessage = Readonly<z.infer<typeof sealedMessageSchema>>

/** @param sealKey the public key of the gateway, which alone can open it */
export function sealMessage(sealKey: string, secret: Secret, names: Names, random: Random): SealedMessage {
  const { enc, ciphertext } = hpkeSeal(sealKey, secret.revealBytes(), names, random)
  return { enc: enc.toString('base64url'), ciphertext: ciphertext.toString('base64url') }
}

/**
 * The caller wipes what it has opened.
 * @throws ProtocolError when it was sealed to another key or with other names.
 */
export function openMessage(sealing: KeyPair, sealed: SealedMessage, names: Names): Secret {
  const enc = Buffer.from(sealed.enc, 'base64url')
  const ciphertext = Buffer.from(sealed.ciphertext, 'base64url')
  return Secret.holding(hpkeOpen(sealing, { enc, ciphertext }, names))
}
