import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256, HpkeError } from '@hpke/core'
import type { KeyPair } from './keys.ts'
import type { SealedPassword } from './messages.ts'
import { Secret } from './secret.ts'
import { ProtocolError } from './wire.ts'

/** RFC 9180, base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const info = bytesOf(Buffer.from('opensag administrator password 1'))

/** What a sealed password is for; it opens for nothing else. */
export interface PasswordPurpose {
  readonly serial: string
  readonly changeId: string
  readonly generation: number
}

export async function sealPassword(
  sealKey: string,
  password: Secret,
  purpose: PasswordPurpose,
): Promise<SealedPassword> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(bytesOf(Buffer.from(sealKey, 'base64url')))
  const clear = bytesOf(Buffer.from(password.reveal()))
  const { enc, ct } = await suite.seal({ recipientPublicKey, info }, clear, authenticated(purpose))
  return { enc: Buffer.from(enc).toString('base64url'), ciphertext: Buffer.from(ct).toString('base64url') }
}

/** @throws ProtocolError when it was sealed to another key or for another purpose. */
export async function openPassword(
  sealing: KeyPair,
  sealed: SealedPassword,
  purpose: PasswordPurpose,
): Promise<Secret> {
  const recipientKey = await recipientKeyOf(sealing)
  const enc = bytesOf(Buffer.from(sealed.enc, 'base64url'))
  try {
    const ciphertext = bytesOf(Buffer.from(sealed.ciphertext, 'base64url'))
    const clear = await suite.open({ recipientKey, enc, info }, ciphertext, authenticated(purpose))
    return Secret.of(Buffer.from(clear).toString('utf8'))
  } catch (error) {
    if (error instanceof HpkeError) throw new ProtocolError('A sealed password does not open here.', { cause: error })
    throw error
  }
}

type RecipientKey = Awaited<ReturnType<typeof suite.kem.deserializePrivateKey>>

/** Reading a private key costs more than opening with it, and a gateway has one for life. */
const recipientKeys = new WeakMap<KeyPair, Promise<RecipientKey>>()

function recipientKeyOf(sealing: KeyPair): Promise<RecipientKey> {
  const known = recipientKeys.get(sealing)
  if (known !== undefined) return known
  const key = suite.kem.deserializePrivateKey(bytesOf(Buffer.from(sealing.secret.reveal(), 'base64url')))
  recipientKeys.set(sealing, key)
  return key
}

function authenticated({ serial, changeId, generation }: PasswordPurpose): ArrayBuffer {
  return bytesOf(Buffer.from(JSON.stringify([serial, changeId, generation])))
}

/** The library wants an ArrayBuffer of exactly these bytes; a Buffer may be a window on a shared one. */
function bytesOf(buffer: Buffer): ArrayBuffer {
  const copy = new ArrayBuffer(buffer.length)
  new Uint8Array(copy).set(buffer)
  return copy
}
