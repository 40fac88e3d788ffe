import type { IncomingHttpHeaders } from 'node:http'

/** One HTTP request as it arrived. */
export interface WireRequest {
  readonly method: string
  /** The request target, with its query string as it was sent. */
  readonly target: string
  /** By lower-case name. */
  readonly headers: IncomingHttpHeaders
  /** The values of a header that was sent several times, which `headers` may have joined or dropped. */
  readonly distinct: () => NodeJS.Dict<string[]>
  readonly body: Buffer
  /** The address it came from, also past a trusted proxy; unknown when the connection is already gone. */
  readonly source: string | undefined
  /** Whether it came over TLS. */
  readonly secure: boolean
  /** The address of this machine that it came in on. */
  readonly localAddress?: () => string | undefined
}

/** A header that is sent once; of several, the first. */
export function header({ headers }: Pick<WireRequest, 'headers'>, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : value?.[0]
}
