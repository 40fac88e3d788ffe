// A security key in software, for tests: P-256, attestation `none`.
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { Assertion, Registration } from './ceremonies.ts'

/** What a test makes a key say in place of the truth. */
interface Said {
  readonly origin: string
  readonly rpId: string
  readonly challenge: string
  readonly counter?: number
  /** Whether somebody touched it. */
  readonly isPresent?: boolean
  readonly type?: string
  readonly crossOrigin?: boolean
}

const present = 1
const withCredential = 0x40

export class Authenticator {
  readonly #id: Buffer
  readonly #key: KeyObject
  readonly #cose: Buffer
  counter = 0

  constructor(id = randomBytes(16), key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey) {
    this.#id = id
    this.#key = key
    const { x = '', y = '' } = createPublicKey(key).export({ format: 'jwk' })
    // {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
    this.#cose = Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y, 'base64url'),
    ])
  }

  get credentialId(): string {
    return this.#id.toString('base64url')
  }

  get publicKey(): string {
    return this.#cose.toString('base64url')
  }

  /** @param fmt the form of the statement about who made it */
  register(said: Said, fmt = 'none'): Registration {
    const length = Buffer.alloc(2)
    length.writeUInt16BE(this.#id.length)
    const credential = Buffer.concat([Buffer.alloc(16), length, this.#id, this.#cose])
    const data = Buffer.concat([this.#data(said, withCredential), credential])
    const attestation = Buffer.concat([
      ...[Buffer.from([0xa3]), text('fmt'), text(fmt), text('attStmt'), Buffer.from([0xa0]), text('authData')],
      ...[Buffer.from([0x58, data.length]), data],
    ])
    return {
      clientDataJSON: clientData({ type: 'webauthn.create', ...said }).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
    }
  }

  sign(said: Said): Assertion & { readonly id: string } {
    this.counter += 1
    const client = clientData({ type: 'webauthn.get', ...said })
    const data = this.#data({ counter: this.counter, ...said }, 0)
    const signed = Buffer.concat([data, createHash('sha256').update(client).digest()])
    return {
      id: this.credentialId,
      clientDataJSON: client.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: sign('sha256', signed, this.#key).toString('base64url'),
    }
  }

  #data({ rpId, counter = 0, isPresent = true }: Said, flags: number): Buffer {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter)
    const flag = Buffer.from([flags | (isPresent ? present : 0)])
    return Buffer.concat([createHash('sha256').update(rpId).digest(), flag, count])
  }
}

function clientData({ type, challenge, origin, crossOrigin = false }: Said): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin }))
}

/** CBOR: a text shorter than 24 bytes. */
function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 | value.length]), Buffer.from(value)])
}
