import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import type { Settings } from '../schema.ts'
import { type Finding, noted, refused } from './finding.ts'
import { readNamed } from './read-named.ts'

/** Certificate and key: both or none, readable, PEM, and the key of that certificate. */
export async function certificateFindings(settings: Settings, now: number): Promise<readonly Finding[]> {
  const { tlsCert, tlsKey } = settings
  if (tlsCert === undefined && tlsKey === undefined) return []
  if (tlsCert === undefined || tlsKey === undefined) {
    const missing = tlsCert === undefined ? '--tls-cert' : '--tls-key'
    return [refused(`--tls-cert and --tls-key must be given together: ${missing} is missing.`)]
  }
  const cert = await readNamed('--tls-cert', tlsCert)
  const key = await readNamed('--tls-key', tlsKey)
  const unreadable = [cert, key].flatMap((file) => ('finding' in file ? [file.finding] : []))
  if ('finding' in cert || 'finding' in key) return unreadable
  return [
    ...pairFindings({ cert: cert.content, key: key.content, tlsCert, tlsKey }),
    ...dateFindings(cert.content, tlsCert, now),
  ]
}

interface Pair {
  readonly cert: Buffer
  readonly key: Buffer
  readonly tlsCert: string
  readonly tlsKey: string
}

function pairFindings({ cert, key, tlsCert, tlsKey }: Pair): readonly Finding[] {
  const certificate = certificateIn(cert)
  if (certificate === undefined) {
    return [refused(`--tls-cert: ${tlsCert} contains no certificate in PEM form (-----BEGIN CERTIFICATE-----).`)]
  }
  const secret = keyIn(key)
  if (secret === 'encrypted') {
    return [
      refused(
        `--tls-key: ${tlsKey} is encrypted, and a server cannot ask for its passphrase. Write it without one: openssl pkey -in ${tlsKey} -out server.key`,
      ),
    ]
  }
  if (secret === undefined) {
    return [refused(`--tls-key: ${tlsKey} contains no private key in PEM form (-----BEGIN PRIVATE KEY-----).`)]
  }
  if (!certificate.checkPrivateKey(secret)) {
    return [
      refused(
        `--tls-key: ${tlsKey} is not the private key of the certificate in ${tlsCert}. The certificate of the server comes first in that file, those of its issuers after it.`,
      ),
    ]
  }
  try {
    createSecureContext({ cert, key })
    return []
  } catch (error) {
    const { reason = 'unknown' } = error as { readonly reason?: string }
    return [
      refused(
        `--tls-cert: OpenSSL does not take ${tlsCert} with ${tlsKey} (${reason}). Have a new certificate issued.`,
      ),
    ]
  }
}

function certificateIn(pem: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(pem)
  } catch {
    // It is asked for one thing: what it does not take is none.
    return undefined
  }
}

function keyIn(pem: Buffer): KeyObject | 'encrypted' | undefined {
  if (pem.includes('ENCRYPTED')) return 'encrypted'
  try {
    return createPrivateKey(pem)
  } catch {
    return undefined
  }
}

/** A server starts with it; clients are what refuses it. */
function dateFindings(pem: Buffer, tlsCert: string, now: number): readonly Finding[] {
  const certificate = certificateIn(pem)
  if (certificate === undefined) return []
  const { validFrom, validTo } = certificate
  if (Date.parse(validTo) <= now) {
    return [noted(`--tls-cert: ${tlsCert} expired on ${validTo}. Clients refuse it: have a new one issued.`)]
  }
  if (Date.parse(validFrom) > now) {
    return [noted(`--tls-cert: ${tlsCert} is valid only from ${validFrom} on. Check the clock of this machine.`)]
  }
  return []
}
