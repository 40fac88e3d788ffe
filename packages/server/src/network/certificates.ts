import { createPublicKey } from 'node:crypto'
import { type KeyPair, type Random, signWith, tunnelIdentityOf } from '@opensag/protocol'
import { objectIdentifier, sequence } from './der.ts'
import { authorityOf, dnsName, type Issuer, keyIdOf, leafExtensions, signedCertificate } from './x509.ts'

const minute = 60_000
/** How long a certificate counts. Its gateway asks for another one at half of that. */
const lifeMs = 24 * 60 * minute
/** Gateways without a clock of their own may be that far behind. */
const earlierMs = 60 * minute
const authorityName = 'OpenSAG network'

const ed25519 = sequence(objectIdentifier('1.3.101.112'))
/** What stands before the 32 bytes of an Ed25519 key in its SPKI (RFC 8410). */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** It is no key that a certificate is made for. */
export class UnusableKey extends Error {
  override readonly name = 'UnusableKey'
}

/**
 * The certificate of the authority itself, X.509 DER. It follows from its key alone, so that all nodes and all starts show
 * the same one.
 */
export function authorityCertificate(authority: KeyPair): Buffer {
  const key = spkiOf(authority)
  return authorityOf(issuerOf(authority), { key, id: keyId(key) })
}

/**
 * A certificate for the tunnels of one device, X.509 DER.
 *
 * @param key public key, SPKI DER
 * @throws UnusableKey when it is no Ed25519 key
 */
export function deviceCertificate(
  authority: KeyPair,
  {
    serial,
    key,
    now,
    random,
  }: { readonly serial: string; readonly key: Buffer; readonly now: number; readonly random: Random },
): Buffer {
  requireEd25519(key)
  const identity = tunnelIdentityOf(serial)
  return signedCertificate(issuerOf(authority), {
    serialNumber: random(16),
    subject: identity,
    from: now - earlierMs,
    until: now + lifeMs,
    key,
    extensions: leafExtensions([dnsName(identity)], keyId(key), keyId(spkiOf(authority))),
  })
}

function issuerOf(authority: KeyPair): Issuer {
  return {
    name: authorityName,
    algorithm: ed25519,
    sign: (toBeSigned) => Buffer.from(signWith(authority, toBeSigned), 'base64url'),
  }
}

function spkiOf({ publicKey }: KeyPair): Buffer {
  return Buffer.concat([spkiPrefix, Buffer.from(publicKey, 'base64url')])
}

function keyId(spki: Buffer): Buffer {
  return keyIdOf(spki.subarray(spkiPrefix.length))
}

function requireEd25519(key: Buffer): void {
  const isOne = key.length === spkiPrefix.length + 32 && key.subarray(0, spkiPrefix.length).equals(spkiPrefix)
  if (!isOne) throw new UnusableKey('Only Ed25519 keys are certified.')
  createPublicKey({ key, format: 'der', type: 'spki' })
}
