import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { type ConnectionOptions, connect } from 'node:tls'
import type { Timers } from '@opensag/protocol'
import { endedEarly } from './whole-connection.ts'

export interface SealedOptions {
  readonly tls: ConnectionOptions
  readonly timers: Timers
  readonly signal: AbortSignal
}

/** A round trip is at least taken for so long, milliseconds. */
const shortestTripMs = 25

/**
 * Writes over TLS, ends (close_notify), and waits until the receiver has ended the TCP connection too.
 *
 * Node's TLS reads and writes a TCP socket past us, and keeps quiet about what matters here: when the receiver has reset the
 * connection, the write of close_notify takes the error away and drops it, and what is read then is an end in order. So TLS
 * runs on a stream of ours, and each write to the TCP socket and its end are seen.
 *
 * A receiver that ends its side may do so while what was written is still on its way: then its system answers with a reset,
 * one round trip later. So this side stays open that long after the receiver's end, and a write shows whether there was one.
 * TLS ignores what comes after close_notify (RFC 8446, 6.1).
 *
 * The receiver's close_notify is not demanded, though RFC 5425 does: GnuTLS receivers such as rsyslog end without it.
 *
 * @param raw of TCP, half open; ends with it
 * @throws when the receiver ends first, when the connection is reset, and as soon as `signal` is aborted
 */
export function writeSealedToTheEnd(raw: Socket, bytes: Buffer, { tls, timers, signal }: SealedOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const under = streamOn(raw)
    const session = connect({ ...tls, socket: under })
    const begun = timers.now()
    let tripMs = shortestTripMs
    let isEnding = false
    let isDone = false
    let cancel = (): void => {}

    function finish(error?: Error | null): void {
      if (isDone) return
      isDone = true
      cancel()
      signal.removeEventListener('abort', stop)
      session.destroy()
      raw.destroy()
      if (error) reject(error)
      else resolve()
    }
    const stop = (): void => finish(signal.reason as Error)

    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
    session.on('error', finish)
    raw.on('error', finish)
    raw.on('close', () => finish(endedEarly()))
    session.once('secureConnect', () => {
      tripMs = Math.max(shortestTripMs, timers.now() - begun)
      session.write(bytes, (error) => {
        if (error) return
        isEnding = true
        session.end()
      })
    })
    // Nothing is expected of it; without reading, its alerts and its end are not seen.
    session.resume()
    raw.once('end', () => {
      if (!isEnding) return finish(endedEarly())
      cancel = timers.after(tripMs, () => raw.write(Buffer.of(0), (error) => finish(error && endedEarly())))
    })
  })
}

/** What TLS reads and writes: `raw`, except that its end goes neither way. */
function streamOn(raw: Socket): Duplex {
  const stream = new Duplex({
    read: () => void raw.resume(),
    write: (chunk: Buffer, _encoding, done) => void raw.write(chunk, done),
    destroy(error, done) {
      // TLS may be through with it while the end of `raw` is still to come.
      raw.resume()
      done(error)
    },
  })
  raw.on('data', (chunk: Buffer) => {
    if (!stream.destroyed && !stream.push(chunk)) raw.pause()
  })
  return stream
}
