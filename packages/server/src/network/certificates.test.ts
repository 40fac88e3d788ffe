import { createPublicKey, generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto'
import { createKeyPair, tunnelIdentityOf } from '@opensag/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { authorityCertificate, deviceCertificate, UnusableKey } from './certificates.ts'

const authority = createKeyPair('Ed25519', randomBytes)
const ca = new X509Certificate(authorityCertificate(authority))
const now = Date.UTC(2026, 10, 29, 12)

function spki(type: 'ed25519' | 'x25519' = 'ed25519'): Buffer {
  const { publicKey } = type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519')
  return publicKey.export({ format: 'der', type: 'spki' })
}

function certified(key: Buffer, serial = 'SAG-32a30000', random = randomBytes): X509Certificate {
  return new X509Certificate(deviceCertificate(authority, { serial, key, now, random }))
}

test('a certificate is for the key and the name of its device, and the authority has issued it', () => {
  const key = spki()
  const leaf = certified(key)
  expect(leaf.publicKey.export({ format: 'der', type: 'spki' })).toEqual(key)
  expect(tunnelIdentityOf('SAG-32a30000')).toBe('sag-32a30000.c7.sag')
  expect(leaf.subjectAltName).toBe('DNS:sag-32a30000.c7.sag')
  expect(leaf.subject).toBe('CN=sag-32a30000.c7.sag')
  expect(leaf.verify(ca.publicKey)).toBe(true)
  expect(leaf.checkIssued(ca)).toBe(true)
  expect(leaf.ca).toBe(false)
})

test('it counts for a day, and from an hour before for boxes that are behind', () => {
  const leaf = certified(spki())
  expect(Date.parse(leaf.validFrom)).toBe(now - 3_600_000)
  expect(Date.parse(leaf.validTo)).toBe(now + 86_400_000)
})

test('the authority is one, signs itself, and is the same at each start', () => {
  expect(ca.ca).toBe(true)
  expect(ca.verify(ca.publicKey)).toBe(true)
  expect(ca.checkIssued(ca)).toBe(true)
  expect(authorityCertificate(authority)).toEqual(authorityCertificate(authority))
  expect(ca.publicKey.export({ format: 'jwk' }).x).toBe(authority.publicKey)
})

test('another authority has not issued it', () => {
  const other = new X509Certificate(authorityCertificate(createKeyPair('Ed25519', randomBytes)))
  expect(certified(spki()).verify(other.publicKey)).toBe(false)
})

test('whatever its random number is, it can be read and is positive', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const leaf = certified(spki(), 'sag1', (() => Buffer.from(bytes)) as typeof randomBytes)
      const digits = Buffer.from(bytes).toString('hex').replace(/^0+/, '') || '0'
      expect(BigInt(`0x${leaf.serialNumber}`)).toBe(BigInt(`0x${digits}`))
      expect(leaf.verify(ca.publicKey)).toBe(true)
    }),
    { numRuns: 50 },
  )
})

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a key that agrees instead of signing', spki('x25519')],
  [
    'a key of another kind',
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'der', type: 'spki' }),
  ],
  ['a key with something behind it', Buffer.concat([spki(), Buffer.from([0])])],
  ['any bytes', randomBytes(44)],
])('%s is not certified', (_, key) => {
  expect(() => certified(key)).toThrow(UnusableKey)
})

test('the key of the authority is not in a certificate', () => {
  const secret = Buffer.from(authority.secret.reveal(), 'base64url')
  expect(ca.raw.includes(secret)).toBe(false)
  expect(certified(spki()).raw.includes(secret)).toBe(false)
  expect(createPublicKey(ca.publicKey.export({ format: 'pem', type: 'spki' })).asymmetricKeyType).toBe('ed25519')
})
