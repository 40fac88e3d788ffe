import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { Destinations } from './destinations.ts'
import type { AlertPost, Posted } from './formats.ts'

/** It was not posted, or not answered. The message is a word for it, and has nothing of the address in it. */
export class NotPosted extends Error {
  override readonly name = 'NotPosted'
}

export type Post = (post: AlertPost) => Promise<Posted>

export interface PosterOptions {
  readonly destinations: Destinations
  /** Every address of a name. */
  readonly resolve: (host: string) => Promise<readonly string[]>
  /** From looking up the name to the last byte of the answer, milliseconds. */
  readonly timeoutMs: number
  /** Certificate authorities beside those that everybody knows; for tests. */
  readonly ca?: string | undefined
}

/** So much of an answer is read: they are a line. */
const mostAnswerBytes = 16_384

/**
 * Posts to addresses that users of the API give. A name is looked up once, each of its addresses must be allowed, and the
 * connection goes to one of these: so a name that leads elsewhere a moment later gains nothing. No redirect is followed.
 */
export function createPoster({ destinations, resolve, timeoutMs, ca }: PosterOptions): Post {
  async function addressOf({ hostname, protocol }: URL): Promise<string> {
    const host = hostname.replace(/^\[|\]$/g, '')
    const found = isIP(host) === 0 ? await lookUp(host) : [host]
    const isAllowed = protocol === 'https:' ? destinations.allows : destinations.allowsPlain
    // One that is not allowed among several is no accident.
    if (!found.every((address) => isAllowed(address))) throw new NotPosted('address not allowed')
    const [first] = found
    if (first === undefined) throw new NotPosted('name not found')
    return first
  }

  async function lookUp(host: string): Promise<readonly string[]> {
    try {
      return await resolve(host)
    } catch (cause) {
      throw new NotPosted('name not found', { cause })
    }
  }

  return async (post) => {
    const signal = AbortSignal.timeout(timeoutMs)
    const late = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new NotPosted('no answer in time')), { once: true })
    })
    // Nobody waits for it any more when the answer came first.
    late.catch(() => {})
    const address = await Promise.race([addressOf(post.url), late])
    return Promise.race([exchange(post, { address, signal, ca }), late])
  }
}

function exchange(
  { url, headers, body }: AlertPost,
  { address, signal, ca }: { readonly address: string; readonly signal: AbortSignal; readonly ca: string | undefined },
): Promise<Posted> {
  const lookup: LookupFunction = (_host, options, found) => {
    const family = isIP(address)
    if (options.all === true) found(null, [{ address, family }])
    else found(null, address, family)
  }
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(new NotPosted(wordFor(error), { cause: error }))
    const request = url.protocol === 'https:' ? tlsRequest : plainRequest
    const sent = request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)), 'user-agent': 'OpenSAG' },
      agent: false,
      lookup,
      signal,
      ...(ca === undefined ? {} : { ca }),
    })
    sent.on('error', fail).on('response', (response) => {
      const parts: Buffer[] = []
      let bytes = 0
      response.on('error', fail)
      response.on('data', (part: Buffer) => {
        bytes += part.length
        parts.push(part)
        if (bytes <= mostAnswerBytes) return
        fail(new NotPosted('answer too long'))
        sent.destroy()
      })
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }),
      )
    })
    sent.end(body)
  })
}

function wordFor(error: Error): string {
  if (error instanceof NotPosted) return error.message
  const { code = '' } = error as NodeJS.ErrnoException
  if (/^(ERR_TLS|CERT|DEPTH|SELF_SIGNED|UNABLE_TO|ERR_SSL)/.test(code)) return 'certificate not accepted'
  return code === 'ECONNREFUSED' ? 'connection refused' : 'connection failed'
}
