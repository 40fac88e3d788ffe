import { isIP } from 'node:net'
import { type ConnectionOptions, createSecureContext } from 'node:tls'
import { systemTimers } from '@opensag/protocol'
import { isLoopback } from '@opensag/server/tools'
import { UsageError } from '../exit.ts'
import { namedFile } from '../named-file.ts'
import { exposureOf } from '../private-file.ts'
import type { Target } from './entry.ts'
import { createSyslog } from './syslog.ts'
import { createWebhook } from './webhook.ts'

export interface TargetFlags {
  readonly to: string
  readonly keyFile?: string | undefined
  readonly tokenFile?: string | undefined
  readonly ca?: string | undefined
  readonly tlsCert?: string | undefined
  readonly tlsKey?: string | undefined
}

const shortestKey = 32

/** What `--to` names. @throws UsageError that says what is wrong with it; it is not repeated, in case it holds a secret */
export async function targetOf(flags: TargetFlags): Promise<Target> {
  const url = addressOf(flags.to)
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const isSecure = url.protocol === 'syslogs:' || url.protocol === 'https:'
  if (!isSecure && !isLoopback(host)) {
    throw new UsageError('--to: without TLS only this machine can be reached. Use syslogs:// or https://.')
  }
  const tls = await tlsOf(flags, isSecure ? host : undefined)
  const { keyFile, tokenFile } = flags
  if (url.protocol === 'syslog:' || url.protocol === 'syslogs:') {
    if (keyFile !== undefined || tokenFile !== undefined) {
      throw new UsageError('--key-file and --token-file are for a webhook: syslog has no place for them.')
    }
    if (host === '' || (url.pathname !== '' && url.pathname !== '/') || url.search !== '' || url.hash !== '') {
      throw new UsageError('--to: a syslog URL has a host and a port, nothing else.')
    }
    const port = url.port === '' ? (isSecure ? 6514 : 601) : Number(url.port)
    return createSyslog({ host, port, tls, timers: systemTimers })
  }
  if (keyFile === undefined) throw new UsageError('--key-file is needed: the requests of a webhook are signed.')
  const key = await secretIn(keyFile, '--key-file')
  if (key.length < shortestKey) {
    throw new UsageError(
      `--key-file: ${keyFile} holds fewer than ${shortestKey} characters. openssl rand -hex 32 makes some.`,
    )
  }
  const token = tokenFile === undefined ? undefined : await secretIn(tokenFile, '--token-file')
  if (token !== undefined && !/^[!-~]+$/.test(token)) {
    throw new UsageError(`--token-file: ${tokenFile} holds no token: printable characters without a space are needed.`)
  }
  return createWebhook({ url, key: Buffer.from(key, 'utf8'), token, tls, wallClock: Date.now })
}

function addressOf(to: string): URL {
  let url: URL
  try {
    url = new URL(to)
  } catch {
    throw new UsageError('--to: a URL is needed, such as syslogs://log.example:6514 or https://log.example/audit.')
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError('--to: no user or password belongs into a URL that other people of this machine can read.')
  }
  if (!['syslog:', 'syslogs:', 'http:', 'https:'].includes(url.protocol)) {
    throw new UsageError('--to: syslog, syslogs or https is needed.')
  }
  return url
}

/** @param host undefined without TLS */
async function tlsOf(flags: TargetFlags, host: string | undefined): Promise<ConnectionOptions | undefined> {
  const { ca, tlsCert, tlsKey } = flags
  if (host === undefined) {
    if (ca === undefined && tlsCert === undefined && tlsKey === undefined) return undefined
    throw new UsageError('--ca, --tls-cert and --tls-key are for syslogs:// and https://.')
  }
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    throw new UsageError('--tls-cert and --tls-key belong together.')
  }
  const given = {
    ca: ca === undefined ? undefined : await namedFile(ca, '--ca'),
    cert: tlsCert === undefined ? undefined : await namedFile(tlsCert, '--tls-cert'),
    key: tlsKey === undefined ? undefined : await secretIn(tlsKey, '--tls-key'),
  }
  try {
    createSecureContext(given)
  } catch {
    throw new UsageError(
      '--ca, --tls-cert, --tls-key: PEM files are needed, and a key that belongs to its certificate.',
    )
  }
  return {
    ...given,
    minVersion: 'TLSv1.2',
    // Whatever NODE_TLS_REJECT_UNAUTHORIZED says.
    rejectUnauthorized: true,
    host,
    servername: isIP(host) === 0 ? host : '',
  }
}

/** @throws UsageError when other people of this machine can read it */
async function secretIn(file: string, flag: string): Promise<string> {
  const text = (await namedFile(file, flag)).trim()
  const exposure = await exposureOf(file)
  if (exposure !== undefined) throw new UsageError(`${flag}: ${exposure}`)
  return text
}
