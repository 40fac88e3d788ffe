import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { finished } from 'node:stream/promises'
import { newRequestId } from '../request-id.ts'
import { type Answer, type Called, encodeError } from './encode.ts'
import { type GatewayCode, gatewayError } from './gateway-errors.ts'

const owedOn = new WeakMap<Duplex, readonly ServerResponse<IncomingMessage>[]>()

/** The exchanges of a connection that are not over: the answer is not out, or the request has not all arrived. */
function owed(socket: Duplex): readonly ServerResponse<IncomingMessage>[] {
  return owedOn.get(socket)?.filter((response) => !(response.writableFinished && response.req.complete)) ?? []
}

/** Keeps what {@link answerClientError} needs to know of a server's connections. */
export function trackResponses(server: Server): void {
  server.on('request', ({ socket }, response) => {
    owedOn.set(socket, [...owed(socket), response])
  })
}

export interface ClientErrorSettings {
  readonly called: Called
  /** Milliseconds that the rest of the request is read and thrown away, so that the answer arrives. */
  readonly linger: number
}

const handled = new WeakSet<Duplex>()

/**
 * Answers what Node could not read as a request, on the bare connection, and closes it. Earlier requests of the same
 * connection get their own answers first: sent out of turn, a "bad request" would be taken for the answer to one that
 * is being carried out.
 */
export async function answerClientError(
  error: NodeJS.ErrnoException,
  socket: Duplex,
  { called, linger }: ClientErrorSettings,
): Promise<void> {
  if (handled.has(socket)) return
  handled.add(socket)
  const open = owed(socket)
  await Promise.allSettled(open.filter(({ req }) => req.complete).map((response) => finished(response)))

  const answeredAlready = open.some(({ req, headersSent }) => !req.complete && headersSent)
  if (error.code === 'ECONNRESET' || !socket.writable || answeredAlready) {
    socket.destroy()
    return
  }
  socket.end(onTheWire(encodeError('JSON', gatewayError(codeOf(error)), called, newRequestId())))
  socket.resume()
  const timer = setTimeout(() => socket.destroy(), linger).unref()
  socket.once('close', () => clearTimeout(timer))
}

/**
 * Answers an upgrade or tunnel nobody here offers, in its turn. Node has taken the connection out of HTTP by then, so it
 * ends with the answer.
 */
export async function refuseUpgrade(socket: Duplex, { called, linger }: ClientErrorSettings): Promise<void> {
  // Nobody else listens on it any more.
  socket.on('error', () => socket.destroy())
  await Promise.allSettled(owed(socket).map((response) => finished(response)))
  socket.end(onTheWire(encodeError('JSON', gatewayError('InvalidRequest'), called, newRequestId())))
  socket.resume()
  const timer = setTimeout(() => socket.destroy(), linger).unref()
  socket.once('close', () => clearTimeout(timer))
}

function codeOf({ code }: NodeJS.ErrnoException): GatewayCode {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return 'RequestHeaderTooLarge'
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return 'RequestBodyTooLarge'
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 'RequestTimeout'
    default:
      return 'InvalidRequest'
  }
}

function onTheWire({ status, contentType, payload, requestId }: Answer): string {
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `content-type: ${contentType}`,
    `content-length: ${Buffer.byteLength(payload)}`,
    `x-acs-request-id: ${requestId}`,
    'connection: close',
    '',
    payload,
  ].join('\r\n')
}
