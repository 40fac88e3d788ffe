import { createHmac } from 'node:crypto'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { ConnectionOptions } from 'node:tls'
import type { Batch, Target } from './entry.ts'

export interface WebhookOptions {
  readonly url: URL
  /** Signs each request. */
  readonly key: Buffer
  /** Sent as a bearer token. */
  readonly token?: string | undefined
  /** Undefined without TLS. */
  readonly tls: ConnectionOptions | undefined
  /** Milliseconds since 1970. */
  readonly wallClock: () => number
}

/** As much of an answer is read; more is nobody's. */
const longestAnswer = 64 * 1024

/** Posts batches as JSON. Only an answer with a status of 2xx says that they were taken; no redirection is followed. */
export function createWebhook({ url, key, token, tls, wallClock }: WebhookOptions): Target {
  return {
    deliver: (batch, signal) =>
      new Promise((resolve, reject) => {
        const body = bodyOf(batch)
        const time = Math.floor(wallClock() / 1000)
        const options = {
          ...tls,
          method: 'POST',
          signal,
          agent: false as const,
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
            'user-agent': 'opensag',
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
            'x-opensag-signature': signatureOf(body, { key, time }),
            'x-opensag-first': String(batch.entries[0]?.id),
            'x-opensag-last': String(batch.entries.at(-1)?.id),
          },
        }
        // An aborted request only says that it was aborted, and not why.
        const failed = (error: Error): void => reject(signal.aborted ? signal.reason : error)
        const call = (tls === undefined ? requestHttp : requestHttps)(url, options, (answer) => {
          const { statusCode = 0 } = answer
          let size = 0
          answer.on('data', (chunk: Buffer) => {
            size += chunk.length
            if (size > longestAnswer) call.destroy(new Error('The receiver answers with too much.'))
          })
          answer.on('error', failed)
          answer.on('end', () => {
            if (statusCode >= 200 && statusCode < 300) resolve()
            else reject(new Error(`The receiver answered with status ${statusCode}.`))
          })
        })
        call.on('error', failed)
        call.end(body)
      }),
  }
}

function bodyOf({ trail, gap, entries }: Batch): string {
  const about = JSON.stringify({ trail, gap }).slice(0, -1)
  return `${about},"entries":[${entries.map(({ text }) => text).join(',')}]}`
}

/** Over the time as well, so that a receiver can refuse what was recorded and sent again much later. */
function signatureOf(body: string, { key, time }: { readonly key: Buffer; readonly time: number }): string {
  return `t=${time},v1=${createHmac('sha256', key).update(`${time}.${body}`).digest('hex')}`
}
