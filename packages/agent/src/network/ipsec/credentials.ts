import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import type { Random, Timers, WallClock } from '@opensag/protocol'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Certified } from '../../connection-certification.ts'
import { afterFailure } from '../../connection-retry.ts'
import type { Disk } from '../../disk.ts'
import type { Certify } from './ipsec.ts'

/** What this machine proves its tunnels with. */
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
  /** Called with the first one too. */
  onChange(listener: (leaf: Leaf) => void): void
  close(): void
}

export interface CredentialsOptions {
  /** The name that the certificate has to bear. */
  readonly identity: string
  readonly certify: Certify
  /** Keeps it with its key, so that the tunnels come up after a restart while the server is away; absent: nothing does. */
  readonly disk?: Disk | undefined
  readonly timers: Timers
  readonly wallClock: WallClock
  readonly random: Random
  readonly logger: Logger
}

const file = 'tunnel-certificate.json'
const base64 = z.string().transform((text) => Buffer.from(text, 'base64'))
const contentSchema = z.strictObject({ certificate: base64, authority: base64, key: base64 })

/** An answer takes no longer where there is a server. */
const patienceMs = 60_000
/** However short a life is: the server is not asked without end. */
const shortestMs = 1_000
/** More than a timer takes. */
const longestMs = 14 * 86_400_000

export async function keepCredentials(options: CredentialsOptions): Promise<Credentials> {
  const { identity, certify, disk, timers, wallClock, random, logger } = options
  const listeners: ((leaf: Leaf) => void)[] = []
  let leaf: Leaf | undefined
  let failures = 0
  let isClosed = false
  let cancel = (): void => {}

  function later(milliseconds: number): void {
    if (!isClosed) cancel = timers.after(Math.min(longestMs, milliseconds), () => void renew())
  }

  async function renew(): Promise<void> {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'der' },
      privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    })
    try {
      const answer = await inTime(certify(publicKey))
      if (isClosed) return
      if (answer === undefined) {
        // The server is away, or did not want to: it is always asked, so that nothing is lost when that ends.
        later(0)
        return
      }
      const taken = { ...answer, key: privateKey }
      const { from, to } = validityOf(taken, identity, wallClock())
      failures = 0
      take(taken, Math.max(shortestMs, (to - from) / 2))
      await keep(taken)
    } catch (error) {
      if (isClosed) return
      logger.warn({ identity, reason: (error as Error).message }, 'There is no new certificate for the tunnels yet.')
      later(afterFailure(failures++, random))
    }
  }

  /** Undefined: no answer has come. */
  function inTime(answer: Promise<Certified>): Promise<Certified | undefined> {
    return new Promise((resolve, reject) => {
      const cancelLimit = timers.after(patienceMs, () => resolve(undefined))
      answer.then(resolve, reject).finally(cancelLimit)
    })
  }

  function take(taken: Omit<Leaf, 'number'>, renewInMs: number): void {
    const current: Leaf = { ...taken, number: (leaf?.number ?? 0) + 1 }
    leaf = current
    later(renewInMs)
    for (const listener of listeners) listener(current)
  }

  async function keep({ certificate, authority, key }: Omit<Leaf, 'number'>): Promise<void> {
    const [one, two, three] = [certificate, authority, key].map((der) => der.toString('base64'))
    try {
      await disk?.write(file, `${JSON.stringify({ certificate: one, authority: two, key: three })}\n`)
    } catch (err) {
      logger.warn(
        { err },
        'The certificate of the tunnels could not be kept: after a restart another one is asked for.',
      )
    }
  }

  async function start(): Promise<void> {
    try {
      const text = await disk?.read(file)
      if (text === undefined) return void renew()
      const kept = contentSchema.parse(JSON.parse(text))
      const { from, to } = validityOf(kept, identity, wallClock())
      take(kept, Math.max(0, (from + to) / 2 - wallClock()))
    } catch (error) {
      logger.warn({ identity, reason: (error as Error).message }, 'The certificate that was kept is of no use.')
      void renew()
    }
  }

  await start()
  return {
    current: () => leaf,
    onChange(listener) {
      listeners.push(listener)
      if (leaf !== undefined) listener(leaf)
    },
    close() {
      isClosed = true
      cancel()
    },
  }
}

/** @throws when it is not what was asked for, or is of no use now */
function validityOf(
  { certificate, authority, key }: Omit<Leaf, 'number'>,
  identity: string,
  now: number,
): { readonly from: number; readonly to: number } {
  const [leaf, signer] = [new X509Certificate(certificate), new X509Certificate(authority)]
  if (!leaf.checkPrivateKey(createPrivateKey({ key, format: 'der', type: 'pkcs8' })))
    throw new Error('The certificate is for another key.')
  if (leaf.checkHost(identity) === undefined) throw new Error('The certificate bears another name.')
  if (leaf.ca || !signer.ca || !leaf.verify(signer.publicKey))
    throw new Error('The certificate is not signed by the authority that came with it.')
  const [from, to] = [Date.parse(leaf.validFrom), Date.parse(leaf.validTo)]
  // charon goes by the same clock, and would refuse it, and those of the peers.
  if (now < from || now >= to) {
    const clock = new Date(now).toISOString()
    throw new Error(`The certificate is valid from ${leaf.validFrom} to ${leaf.validTo}: this clock says ${clock}.`)
  }
  return { from, to }
}
