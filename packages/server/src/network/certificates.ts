import { createHash, createPublicKey } from 'node:crypto'
import { type KeyPair, type Random, signWith, tunnelIdentityOf } from '@opensag/protocol'
import {
  bitString,
  boolean,
  inContext,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  time,
  utf8String,
} from './der.ts'

const minute = 60_000
/** How long a certificate counts. Its gateway asks for another one at half of that. */
const lifeMs = 24 * 60 * minute
/** Gateways without a clock of their own may be that far behind. */
const earlierMs = 60 * minute
/** Before every certificate it signs. */
const noBeginning = Date.UTC(2020, 0, 1)
/** A certificate authority has no end of its own: "no well-defined expiration date" (RFC 5280, 4.1.2.5). */
const noEnd = Date.UTC(9999, 11, 31, 23, 59, 59)
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
  return signed(authority, {
    serialNumber: keyId(key).subarray(0, 16),
    subject: authorityName,
    from: noBeginning,
    until: noEnd,
    key,
    extensions: [
      extension(basicConstraints, sequence(boolean(true), integer(Buffer.from([0]))), 'critical'),
      // keyCertSign, cRLSign
      extension(keyUsage, bitString(Buffer.from([0b0000_0110]), 1), 'critical'),
      extension(subjectKeyIdentifier, octetString(keyId(key))),
    ],
  })
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
  return signed(authority, {
    serialNumber: random(16),
    subject: identity,
    from: now - earlierMs,
    until: now + lifeMs,
    key,
    extensions: [
      extension(basicConstraints, sequence(), 'critical'),
      // digitalSignature
      extension(keyUsage, bitString(Buffer.from([0b1000_0000]), 7), 'critical'),
      extension(subjectAltName, sequence(inContext(2, Buffer.from(identity), 'primitive'))),
      extension(authorityKeyIdentifier, sequence(inContext(0, keyId(spkiOf(authority)), 'primitive'))),
      extension(subjectKeyIdentifier, octetString(keyId(key))),
    ],
  })
}

const basicConstraints = '2.5.29.19'
const keyUsage = '2.5.29.15'
const subjectAltName = '2.5.29.17'
const authorityKeyIdentifier = '2.5.29.35'
const subjectKeyIdentifier = '2.5.29.14'

interface Content {
  readonly serialNumber: Buffer
  readonly subject: string
  readonly from: number
  readonly until: number
  readonly key: Buffer
  readonly extensions: readonly Buffer[]
}

function signed(authority: KeyPair, { serialNumber, subject, from, until, key, extensions }: Content): Buffer {
  const version3 = inContext(0, integer(Buffer.from([2])))
  const toBeSigned = sequence(
    version3,
    integer(serialNumber),
    ed25519,
    nameOf(authorityName),
    sequence(time(from), time(until)),
    nameOf(subject),
    key,
    inContext(3, sequence(...extensions)),
  )
  const signature = Buffer.from(signWith(authority, toBeSigned), 'base64url')
  return sequence(toBeSigned, ed25519, bitString(signature))
}

function nameOf(commonName: string): Buffer {
  return sequence(set(sequence(objectIdentifier('2.5.4.3'), utf8String(commonName))))
}

function extension(id: string, content: Buffer, critical?: 'critical'): Buffer {
  const flag = critical === undefined ? [] : [boolean(true)]
  return sequence(objectIdentifier(id), ...flag, octetString(content))
}

function spkiOf({ publicKey }: KeyPair): Buffer {
  return Buffer.concat([spkiPrefix, Buffer.from(publicKey, 'base64url')])
}

/** SHA-1 of the bits of the key, method 1 of RFC 5280, 4.2.1.2: a name, no proof. */
function keyId(spki: Buffer): Buffer {
  return createHash('sha1').update(spki.subarray(spkiPrefix.length)).digest()
}

function requireEd25519(key: Buffer): void {
  const isOne = key.length === spkiPrefix.length + 32 && key.subarray(0, spkiPrefix.length).equals(spkiPrefix)
  if (!isOne) throw new UnusableKey('Only Ed25519 keys are certified.')
  createPublicKey({ key, format: 'der', type: 'spki' })
}
