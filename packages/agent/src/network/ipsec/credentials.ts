import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import type { Random, Timers, WallClock } from '@opensag/protocol'
import type { Logger } from 'pino'
import type { Certified } from '../../connection-certification.ts'
import { afterFailure } from '../../connection-retry.ts'
import type { Certify } from './ipsec.ts'

/** What this machine proves its tunnels with. The key is in memory only. */
export interface Leaf extends Certified {
  /** They count up from 1. */
  readonly number: number
  /** PKCS #8, DER. */
  readonly key: Buffer
}

/** Keeps a certificate that is young: asks for one, with a fresh key, at once and whenever half of its life is over. */
export interface Credentials {
  /** Undefined: the server has not answered yet. */
  current(): Leaf | undefined
  onChange(listener: () => void): void
  close(): void
}

export interface CredentialsOptions {
  /** The name that the certificate has to bear. */
  readonly identity: string
  readonly certify: Certify
  readonly timers: Timers
  readonly wallClock: WallClock
  readonly random: Random
  readonly logger: Logger
}

/** An answer takes no longer where there is a server; where there is none, a question more costs nothing. */
const patienceMs = 60_000
/** However short a life is: the server is not asked without end. */
const shortestMs = 1_000
/** More than a timer takes. */
const longestMs = 14 * 86_400_000

export function keepCredentials(options: CredentialsOptions): Credentials {
  const { identity, certify, timers, wallClock, random, logger } = options
  const listeners: (() => void)[] = []
  let leaf: Leaf | undefined
  let failures = 0
  let isClosed = false
  let cancel = (): void => {}

  function later(milliseconds: number): void {
    if (!isClosed) cancel = timers.after(milliseconds, () => void renew())
  }

  async function renew(): Promise<void> {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'der' },
      privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    })
    try {
      const answer = await inTime(certify(publicKey))
      if (isClosed) return
      const lifeMs = checkedLifeMs(answer, privateKey, identity, wallClock())
      leaf = { ...answer, key: privateKey, number: (leaf?.number ?? 0) + 1 }
      failures = 0
      later(Math.min(longestMs, Math.max(shortestMs, lifeMs / 2)))
      for (const listener of listeners) listener()
    } catch (error) {
      if (isClosed) return
      logger.warn({ identity, reason: (error as Error).message }, 'There is no new certificate for the tunnels yet.')
      later(afterFailure(failures++, random))
    }
  }

  function inTime(answer: Promise<Certified>): Promise<Certified> {
    return new Promise((resolve, reject) => {
      const cancelLimit = timers.after(patienceMs, () => reject(new Error('The server has not answered.')))
      answer.then(resolve, reject).finally(cancelLimit)
    })
  }

  void renew()
  return {
    current: () => leaf,
    onChange: (listener) => void listeners.push(listener),
    close() {
      isClosed = true
      cancel()
    },
  }
}

/** How long a certificate lives altogether. @throws when it is not what was asked for, or is of no use */
function checkedLifeMs(answer: Certified, key: Buffer, identity: string, now: number): number {
  const certificate = new X509Certificate(answer.certificate)
  const authority = new X509Certificate(answer.authority)
  if (!certificate.checkPrivateKey(createPrivateKey({ key, format: 'der', type: 'pkcs8' })))
    throw new Error('The certificate is for another key.')
  if (certificate.checkHost(identity) === undefined) throw new Error('The certificate bears another name.')
  if (certificate.ca || !authority.ca || !certificate.verify(authority.publicKey))
    throw new Error('The certificate is not signed by the authority that came with it.')
  const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)]
  // charon goes by the same clock, and would refuse it, and those of the peers.
  if (now < from || now >= to) {
    const clock = new Date(now).toISOString()
    throw new Error(
      `The certificate is valid from ${certificate.validFrom} to ${certificate.validTo}: this clock says ${clock}.`,
    )
  }
  return to - from
}
