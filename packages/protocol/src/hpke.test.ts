import { randomBytes } from 'node:crypto'
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { describe, expect, test } from 'vitest'
import { type Aead, hpkeOpen, hpkeSeal } from './hpke.ts'
import { createKeyPair, keyPairFrom } from './keys.ts'
import { Secret } from './secret.ts'
import { ProtocolError } from './wire.ts'

const hex = (text: string): Buffer => Buffer.from(text, 'hex')

describe('the vector of RFC 9180, appendix A.1.1', () => {
  // The appendix has X25519 with AES-128-GCM; but for the length of the key AES-256-GCM is the same code.
  const aes128Gcm: Aead = { id: 1, cipher: 'aes-128-gcm', keyBytes: 16 }
  const recipient = keyPairFrom(
    'X25519',
    Secret.of(hex('4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8').toString('base64url')),
  )
  const ephemeral = hex('52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736')
  const clear = hex('4265617574792069732074727574682c20747275746820626561757479')
  const names = { info: hex('4f6465206f6e2061204772656369616e2055726e'), aad: hex('436f756e742d30') }
  const enc = '37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431'
  const ciphertext = 'f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a9' + '6d8770ac83d07bea87e13c512a'

  test('is what sealing gives', () => {
    const sealed = hpkeSeal(recipient.publicKey, clear, names, () => ephemeral, aes128Gcm)
    expect(sealed.enc.toString('hex')).toBe(enc)
    expect(sealed.ciphertext.toString('hex')).toBe(ciphertext)
  })

  test('opens', () => {
    expect(hpkeOpen(recipient, { enc: hex(enc), ciphertext: hex(ciphertext) }, names, aes128Gcm)).toEqual(clear)
  })
})

describe('with another implementation', () => {
  const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
  const bytes = (buffer: Buffer): ArrayBuffer => Uint8Array.from(buffer).buffer
  const own = createKeyPair('X25519', randomBytes)
  const names = { info: Buffer.from('what it is'), aad: Buffer.from('which one') }

  test('what is sealed here opens there', async () => {
    const { enc, ciphertext } = hpkeSeal(own.publicKey, Buffer.from('Correct_horse_1'), names, randomBytes)
    const recipientKey = await suite.kem.deserializePrivateKey(bytes(Buffer.from(own.secret.reveal(), 'base64url')))
    const given = { recipientKey, enc: bytes(enc), info: bytes(names.info) }
    const clear = await suite.open(given, bytes(ciphertext), bytes(names.aad))
    expect(Buffer.from(clear).toString()).toBe('Correct_horse_1')
  })

  test('what is sealed there opens here', async () => {
    const recipientPublicKey = await suite.kem.deserializePublicKey(bytes(Buffer.from(own.publicKey, 'base64url')))
    const given = { recipientPublicKey, info: bytes(names.info) }
    const { enc, ct } = await suite.seal(given, bytes(Buffer.from('Correct_horse_1')), bytes(names.aad))
    const clear = hpkeOpen(own, { enc: Buffer.from(enc), ciphertext: Buffer.from(ct) }, names)
    expect(clear.toString()).toBe('Correct_horse_1')
  })
})

describe('a sealed message is refused', () => {
  const own = createKeyPair('X25519', randomBytes)
  const names = { info: Buffer.from('what it is'), aad: Buffer.from('which one') }
  const sealed = hpkeSeal(own.publicKey, Buffer.from('Correct_horse_1'), names, randomBytes)
  test.each([
    ['whose key has another length', { ...sealed, enc: Buffer.alloc(31, 1) }],
    ['whose key agrees on nothing', { ...sealed, enc: Buffer.alloc(32) }],
    ['that is shorter than a tag', { ...sealed, ciphertext: Buffer.alloc(15) }],
    ['of which a bit was changed', { ...sealed, ciphertext: Buffer.from(sealed.ciphertext.map((byte) => byte ^ 1)) }],
  ])('%s', (_, damaged) => {
    expect(() => hpkeOpen(own, damaged, names)).toThrow(ProtocolError)
  })

  test('under other names', () => {
    expect(() => hpkeOpen(own, sealed, { ...names, info: Buffer.from('another kind') })).toThrow(ProtocolError)
    expect(() => hpkeOpen(own, sealed, { ...names, aad: Buffer.from('another one') })).toThrow(ProtocolError)
  })
})
