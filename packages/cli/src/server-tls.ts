import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import type { Timers } from '@opensag/protocol'
import { type Certificate, openOwnAuthority, type RunningServer } from '@opensag/server'
import type { Logger } from 'pino'
import { labelled } from './print.ts'
import { say } from './say.ts'
import type { Settings } from './settings/schema.ts'
import { isSelfSigned } from './settings/self-signed.ts'

const dayMs = 86_400_000

/** Certificate and key, of settings that were found usable; undefined when the server does not end TLS itself. */
export async function tlsFrom(settings: Settings): Promise<Certificate | undefined> {
  const { tlsCert, tlsKey, data } = settings
  if (isSelfSigned(settings)) {
    return (await openOwnAuthority(data)).certify(namesOf(settings), Date.now(), randomBytes)
  }
  if (tlsCert === undefined || tlsKey === undefined) return undefined
  return { cert: await readFile(tlsCert), key: await readFile(tlsKey) }
}

/** What clients of a server with an authority of its own have to know; undefined for any other. */
export async function authorityNote(settings: Settings): Promise<string | undefined> {
  if (!isSelfSigned(settings)) return undefined
  const { file, fingerprint } = await openOwnAuthority(settings.data)
  const hint = say('another one: --public-url; a certificate of yours: --tls-cert')
  const lines = labelled([
    [say('its certificate'), `${file}   (curl --cacert ca.pem, NODE_EXTRA_CA_CERTS=ca.pem, opensag agent --ca ca.pem)`],
    ['SHA-256', fingerprint],
    [say('names'), `${namesOf(settings).join(', ')}   (${hint})`],
  ])
  return `${say('TLS with a certificate authority of this server, which clients have to know:')}\n${lines}`
}

/** Gives a server that certifies itself another certificate each day, long before the last one ends. */
export function renewDaily(
  server: Pick<RunningServer, 'renewCertificate'>,
  settings: Settings,
  { logger, timers }: { readonly logger: Logger; readonly timers: Timers },
): void {
  if (!isSelfSigned(settings)) return
  timers.after(dayMs, async () => {
    try {
      const certificate = await tlsFrom(settings)
      if (certificate !== undefined) server.renewCertificate(certificate)
    } catch (error) {
      logger.error({ err: error }, 'could not renew the certificate; tried again in a day')
    }
    renewDaily(server, settings, { logger, timers })
  })
}

/** Names and addresses by which clients reach this server, as far as its settings say. */
function namesOf({ host, publicUrl }: Settings): readonly string[] {
  const ofUrl = publicUrl === undefined ? [] : [new URL(publicUrl).hostname.replace(/^\[(.*)\]$/, '$1')]
  const ofHost = ['0.0.0.0', '::'].includes(host) ? [] : [host]
  return [...new Set([...ofUrl, ...ofHost, 'localhost', '127.0.0.1', '::1', hostname()])]
}
