import { createHash } from 'node:crypto'
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

/** An authority, as far as its signature on a certificate goes. */
export interface Issuer {
  readonly name: string
  /** AlgorithmIdentifier of its signatures, DER. */
  readonly algorithm: Buffer
  sign(toBeSigned: Buffer): Buffer
}

export interface CertificateContent {
  /** Big-endian. */
  readonly serialNumber: Buffer
  readonly subject: string
  /** Milliseconds since 1970, as `until`. */
  readonly from: number
  readonly until: number
  /** Public key, SPKI DER. */
  readonly key: Buffer
  readonly extensions: readonly Buffer[]
}

/** A certificate of X.509, version 3, in DER (RFC 5280). */
export function signedCertificate(
  { name, algorithm, sign }: Issuer,
  { serialNumber, subject, from, until, key, extensions }: CertificateContent,
): Buffer {
  const version3 = inContext(0, integer(Buffer.from([2])))
  const toBeSigned = sequence(
    version3,
    integer(serialNumber),
    algorithm,
    nameOf(name),
    sequence(time(from), time(until)),
    nameOf(subject),
    key,
    inContext(3, sequence(...extensions)),
  )
  return sequence(toBeSigned, algorithm, bitString(sign(toBeSigned)))
}

/** Before every certificate an authority signs. */
const noBeginning = Date.UTC(2020, 0, 1)
/** A certificate authority has no end of its own: "no well-defined expiration date" (RFC 5280, 4.1.2.5). */
const noEnd = Date.UTC(9999, 11, 31, 23, 59, 59)

/** The certificate of an authority itself, X.509 DER. Its serial number follows from its key. */
export function authorityOf(issuer: Issuer, { key, id }: { readonly key: Buffer; readonly id: Buffer }): Buffer {
  return signedCertificate(issuer, {
    serialNumber: id.subarray(0, 16),
    subject: issuer.name,
    from: noBeginning,
    until: noEnd,
    key,
    extensions: [
      extension('2.5.29.19', sequence(boolean(true), integer(Buffer.from([0]))), 'critical'),
      // keyCertSign, cRLSign
      extension('2.5.29.15', bitString(Buffer.from([0b0000_0110]), 1), 'critical'),
      subjectKeyIdentifier(id),
    ],
  })
}

/** What every certificate of a device or a server has: it is no authority, and its key signs. */
export function leafExtensions(names: readonly Buffer[], keyId: Buffer, issuerKeyId: Buffer): readonly Buffer[] {
  return [
    extension('2.5.29.19', sequence(), 'critical'),
    // digitalSignature
    extension('2.5.29.15', bitString(Buffer.from([0b1000_0000]), 7), 'critical'),
    extension('2.5.29.17', sequence(...names)),
    extension('2.5.29.35', sequence(inContext(0, issuerKeyId, 'primitive'))),
    subjectKeyIdentifier(keyId),
  ]
}

function subjectKeyIdentifier(id: Buffer): Buffer {
  return extension('2.5.29.14', octetString(id))
}

export function extension(id: string, content: Buffer, critical?: 'critical'): Buffer {
  const flag = critical === undefined ? [] : [boolean(true)]
  return sequence(objectIdentifier(id), ...flag, octetString(content))
}

/** A name of the domain name system, in the list of alternative names. */
export function dnsName(name: string): Buffer {
  return inContext(2, Buffer.from(name), 'primitive')
}

/** SHA-1 of the bits of a public key, method 1 of RFC 5280, 4.2.1.2: a name, no proof. */
export function keyIdOf(bits: Buffer): Buffer {
  return createHash('sha1').update(bits).digest()
}

function nameOf(commonName: string): Buffer {
  return sequence(set(sequence(objectIdentifier('2.5.4.3'), utf8String(commonName))))
}
