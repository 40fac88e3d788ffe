import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import { agree, createKeyPair, type KeyPair } from './keys.ts'
import type { Random } from './time-and-chance.ts'
import { ProtocolError } from './wire.ts'

/**
 * Hybrid public key encryption of one message to one key: RFC 9180, base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256
 * and AES-GCM. Written over node:crypto so that it is synchronous and its ephemeral key can be injected; the vectors of
 * the RFC are among the tests.
 */
export interface Sealed {
  /** The public half of the ephemeral key. */
  readonly enc: Buffer
  /** With its tag at the end. */
  readonly ciphertext: Buffer
}

/** Names of the message that are authenticated and not sent: `info` of all messages of a kind, `aad` of this one. */
export interface Names {
  readonly info: Buffer
  readonly aad: Buffer
}

export interface Aead {
  /** RFC 9180 §7.3. */
  readonly id: number
  readonly cipher: 'aes-128-gcm' | 'aes-256-gcm'
  readonly keyBytes: number
}

export const aes256Gcm: Aead = { id: 2, cipher: 'aes-256-gcm', keyBytes: 32 }

const kemId = 0x0020
const kdfId = 0x0001
const baseMode = 0
const secretBytes = 32
const nonceBytes = 12
const tagBytes = 16
const nothing = Buffer.alloc(0)
const kemSuite = Buffer.concat([Buffer.from('KEM'), twoBytes(kemId)])

/** @throws when `publicKey` is none that can be agreed with. */
export function hpkeSeal(publicKey: string, clear: Uint8Array, names: Names, random: Random, aead = aes256Gcm): Sealed {
  const ephemeral = createKeyPair('X25519', random)
  const enc = Buffer.from(ephemeral.publicKey, 'base64url')
  const secret = decapsulated(agree(ephemeral, publicKey), enc, publicKey)
  const { key, nonce } = schedule(secret, names.info, aead)
  const cipher = createCipheriv(aead.cipher, key, nonce).setAAD(names.aad)
  return { enc, ciphertext: Buffer.concat([cipher.update(clear), cipher.final(), cipher.getAuthTag()]) }
}

/**
 * The clear message, in memory of its own.
 * @throws ProtocolError when it was sealed to another key or under other names, or is damaged.
 */
export function hpkeOpen(own: KeyPair, { enc, ciphertext }: Sealed, names: Names, aead = aes256Gcm): Buffer {
  const secret = decapsulated(agreed(own, enc), enc, own.publicKey)
  const { key, nonce } = schedule(secret, names.info, aead)
  const end = ciphertext.length - tagBytes
  if (end < 0) throw new ProtocolError('A sealed message is too short.')
  const decipher = createDecipheriv(aead.cipher, key, nonce).setAAD(names.aad)
  decipher.setAuthTag(ciphertext.subarray(end))
  const clear = decipher.update(ciphertext.subarray(0, end))
  try {
    // The tag is all that this checks: the mode keeps no bytes back.
    decipher.final()
    return clear
  } catch (cause) {
    clear.fill(0)
    throw new ProtocolError('A sealed message does not open here.', { cause })
  }
}

/** The key comes from the other side: one that is none, or that agrees on nothing, is a damaged message. */
function agreed(own: KeyPair, enc: Buffer): Buffer {
  try {
    return agree(own, enc.toString('base64url'))
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause
    throw new ProtocolError('A sealed message names no key.', { cause })
  }
}

/** RFC 9180 §4.1, ExtractAndExpand. */
function decapsulated(shared: Buffer, enc: Buffer, recipient: string): Buffer {
  const context = Buffer.concat([enc, Buffer.from(recipient, 'base64url')])
  return expand(kemSuite, extract(kemSuite, nothing, 'eae_prk', shared), 'shared_secret', context, secretBytes)
}

/** RFC 9180 §5.1, without a pre-shared key. */
function schedule(shared: Buffer, info: Buffer, aead: Aead): { readonly key: Buffer; readonly nonce: Buffer } {
  const suite = Buffer.concat([Buffer.from('HPKE'), twoBytes(kemId), twoBytes(kdfId), twoBytes(aead.id)])
  const context = Buffer.concat([
    Buffer.from([baseMode]),
    extract(suite, nothing, 'psk_id_hash', nothing),
    extract(suite, nothing, 'info_hash', info),
  ])
  const secret = extract(suite, shared, 'secret', nothing)
  return {
    key: expand(suite, secret, 'key', context, aead.keyBytes),
    nonce: expand(suite, secret, 'base_nonce', context, nonceBytes),
  }
}

function extract(suite: Buffer, salt: Buffer, label: string, material: Buffer): Buffer {
  return hmac(salt, Buffer.concat([Buffer.from('HPKE-v1'), suite, Buffer.from(label), material]))
}

/** At most one block of HKDF: nothing longer is wanted here. */
function expand(suite: Buffer, secret: Buffer, label: string, context: Buffer, bytes: number): Buffer {
  const info = [twoBytes(bytes), Buffer.from('HPKE-v1'), suite, Buffer.from(label), context, Buffer.from([1])]
  return hmac(secret, Buffer.concat(info)).subarray(0, bytes)
}

function hmac(key: Buffer, data: Buffer): Buffer {
  return createHmac('sha256', key).update(data).digest()
}

function twoBytes(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff])
}
