import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Refusal } from '../declare/errors.ts'
import { newRequestId } from '../request-id.ts'
import { calledAddress, type OwnAddresses } from './called.ts'
import type { Compressed } from './compressed.ts'
import { type Answer, encodeError } from './encode.ts'
import type { FrontDoorOptions } from './options.ts'

export function send(answer: Answer, response: ServerResponse, compressed?: Compressed): void {
  const { status, contentType, requestId, retryAfterMs } = answer
  const payload = compressed?.bytes ?? answer.payload
  if (compressed !== undefined) response.setHeader('content-encoding', compressed.encoding)
  // Milliseconds; some clients try again only where it is there.
  if (retryAfterMs !== undefined) response.setHeader('x-acs-retry-after', String(retryAfterMs))
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(payload),
    'x-acs-request-id': requestId,
    'access-control-allow-origin': '*',
    'access-control-expose-headers': '*',
    vary: 'Accept-Encoding',
  })
  response.end(payload)
}

/** Answers a request that does not get as far as being read; in JSON, since the format is not known. */
export function refuse(
  refusal: Refusal,
  request: IncomingMessage,
  response: ServerResponse,
  options: OwnAddresses & Pick<FrontDoorOptions, 'originalSecure'>,
): void {
  const { headers, socket } = request
  const secure = options.originalSecure?.(headers) ?? isSecure(request)
  const called = calledAddress({ headers, secure, localAddress: () => socket.localAddress }, options)
  send(encodeError('JSON', refusal, called, newRequestId()), response)
}

export function isSecure({ socket }: IncomingMessage): boolean {
  return 'encrypted' in socket
}

/** The address a request came from, also past a trusted proxy; unknown when the connection is already gone. */
export function sourceOf(
  request: IncomingMessage,
  { remoteAddress }: Pick<FrontDoorOptions, 'remoteAddress'>,
): string | undefined {
  return remoteAddress?.(request) ?? request.socket.remoteAddress
}

/** Browsers ask first whether a page of another origin may call; nothing is allowed without a signature anyway. */
export function answerPreflight(response: ServerResponse): void {
  response.writeHead(204, {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'POST, GET, OPTIONS',
    // The star does not stand for this one.
    'access-control-allow-headers': 'Authorization, *',
    'access-control-max-age': '172800',
  })
  response.end()
}
