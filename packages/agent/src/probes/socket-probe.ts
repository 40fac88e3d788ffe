import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { connect } from 'node:net'
import type { EchoOutcome } from './prober.ts'

export interface Place {
  /** The address it comes from. */
  readonly from: string
  /** An address. */
  readonly to: string
  readonly port: number
  readonly timeoutMs: number
}

/** How long it takes until a TCP connection is there. It is ended at once. */
export function connectionProbe({ from, to, port, timeoutMs }: Place): Promise<EchoOutcome> {
  return new Promise((resolve) => {
    const began = performance.now()
    const socket = connect({ host: to, port, localAddress: from, family: 4 })
    const timer = setTimeout(() => end({ is: 'lost' }), timeoutMs)
    function end(outcome: EchoOutcome): void {
      clearTimeout(timer)
      socket.destroy()
      resolve(outcome)
    }
    socket.once('connect', () => end({ is: 'answered', afterMs: performance.now() - began }))
    socket.on('error', (error) => end({ is: isWithoutSource(error) ? 'unsent' : 'lost' }))
  })
}

/**
 * How long it takes until the headers of an answer are there that is no error (400 and above are). Nothing of its content is read, and
 * no redirection is followed.
 *
 * @param to the address that the name in the URL has
 */
export function httpProbe(url: URL, { from, to, timeoutMs }: Omit<Place, 'port'>): Promise<EchoOutcome> {
  return new Promise((resolve) => {
    const began = performance.now()
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const request = send(url, {
      method: 'GET',
      localAddress: from,
      family: 4,
      agent: false,
      // The address was looked at: another look-up could have another answer. Not at once: a failure would come before anybody listens.
      lookup: (_name, { all }, done) =>
        void setImmediate(() => (all === true ? done(null, [{ address: to, family: 4 }]) : done(null, to, 4))),
      headers: { 'user-agent': 'opensag-probe' },
    })
    const timer = setTimeout(() => end({ is: 'lost' }), timeoutMs)
    function end(outcome: EchoOutcome): void {
      clearTimeout(timer)
      request.destroy()
      resolve(outcome)
    }
    request.once('response', ({ statusCode = 0 }) =>
      end(statusCode < 400 ? { is: 'answered', afterMs: performance.now() - began } : { is: 'lost' }),
    )
    // Also after its end: what is destroyed may still fail.
    request.on('error', (error) => end({ is: isWithoutSource(error) ? 'unsent' : 'lost' }))
    request.end()
  })
}

function isWithoutSource(error: NodeJS.ErrnoException): boolean {
  return error.code === 'EADDRNOTAVAIL'
}
