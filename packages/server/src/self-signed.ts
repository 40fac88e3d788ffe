import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  X509Certificate,
} from 'node:crypto'
import { isIP, isIPv6 } from 'node:net'
import { join } from 'node:path'
import type { Random } from '@opensag/protocol'
import { authorityFile } from './data-folder.ts'
import { makeFolderDurably, readIfPresent, writeDurably, writeNewDurably } from './durable-files.ts'
import { inContext, objectIdentifier, sequence } from './network/der.ts'
import {
  authorityOf,
  dnsName,
  extension,
  type Issuer,
  keyIdOf,
  leafExtensions,
  signedCertificate,
} from './network/x509.ts'
import { readPrivate } from './private-files.ts'
import type { Certificate } from './server-options.ts'

const day = 86_400_000
/** How long a certificate of the server counts: less than the 398 days that clients take at most. */
const lifeMs = 90 * day
/** Clients may be that far behind. */
const earlierMs = 60 * 60_000

const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'))
const extendedKeyUsage = extension('2.5.29.37', sequence(objectIdentifier('1.3.6.1.5.5.7.3.1')))

/** An authority in a data folder, that certifies the server of that folder and nobody else. */
export interface OwnAuthority {
  /** Its certificate, which clients have to know: a file of PEM. */
  readonly file: string
  /** SHA-256 of that certificate, hexadecimal with colons. */
  readonly fingerprint: string
  /**
   * A certificate with a key of its own, which is nowhere on the disk: each start, and each renewal, has another one.
   *
   * @param names names and addresses that clients reach the server by
   */
  certify(names: readonly string[], now: number, random: Random): Certificate
}

/**
 * Opens the authority of a data folder, or makes it: an EC key in `ca.key`, for the owner of the folder alone, and its
 * certificate in `ca.pem`, without an end.
 *
 * @throws NotPrivate when others can read the key
 */
export async function openOwnAuthority(data: string): Promise<OwnAuthority> {
  await makeFolderDurably(data)
  const key = await keptKey(join(data, 'ca.key'))
  const id = keyIdOf(bitsOf(key))
  const issuer: Issuer = {
    // Each authority has another one, so that a client may know several.
    name: `OpenSAG server ${id.toString('hex', 0, 4)}`,
    algorithm: ecdsaWithSha256,
    sign: (toBeSigned) => sign('sha256', toBeSigned, key),
  }
  const file = join(data, authorityFile)
  const certificate = await keptCertificate(file, key, () => authorityOf(issuer, { key: spkiOf(key), id }))
  return {
    file,
    fingerprint: certificate.fingerprint256,
    certify(names, now, random) {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const [subject = 'OpenSAG'] = names
      const leaf = signedCertificate(issuer, {
        serialNumber: random(16),
        subject,
        from: now - earlierMs,
        until: now + lifeMs,
        key: spkiOf(privateKey),
        extensions: [...leafExtensions(names.map(alternativeName), keyIdOf(bitsOf(privateKey)), id), extendedKeyUsage],
      })
      return { cert: Buffer.from(new X509Certificate(leaf).toString()), key: pemOf(privateKey) }
    },
  }
}

async function keptKey(file: string): Promise<KeyObject> {
  const found = await readPrivate(file)
  if (found !== undefined) return createPrivateKey(found)
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  await writeNewDurably(file, pemOf(privateKey))
  return privateKey
}

/** The one that clients have by now, unless it is of another key. */
async function keptCertificate(file: string, key: KeyObject, make: () => Buffer): Promise<X509Certificate> {
  const found = await readIfPresent(file)
  const certificate = new X509Certificate(found ?? make())
  if (found !== undefined && certificate.checkPrivateKey(key)) return certificate
  const made = found === undefined ? certificate : new X509Certificate(make())
  await writeDurably(file, made.toString())
  return made
}

function alternativeName(name: string): Buffer {
  return isIP(name) === 0 ? dnsName(name) : inContext(7, bytesOf(name), 'primitive')
}

/** Four bytes, or sixteen. */
function bytesOf(address: string): Buffer {
  if (!isIPv6(address)) return Buffer.from(address.split('.').map(Number))
  // It knows every way of writing one.
  const { hostname } = new URL(`http://[${address}]`)
  const [before = '', after] = hostname.slice(1, -1).split('::')
  const groups = (text = ''): readonly string[] => text.split(':').filter((group) => group !== '')
  const [first, last] = [groups(before), groups(after)]
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => '0')
  return Buffer.from([...first, ...zeros, ...last].map((group) => group.padStart(4, '0')).join(''), 'hex')
}

function spkiOf(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: 'der', type: 'spki' })
}

/** The point of a P-256 key, uncompressed: the end of its SPKI. */
function bitsOf(key: KeyObject): Buffer {
  return spkiOf(key).subarray(-65)
}

function pemOf(key: KeyObject): Buffer {
  return Buffer.from(key.export({ format: 'pem', type: 'pkcs8' }))
}
