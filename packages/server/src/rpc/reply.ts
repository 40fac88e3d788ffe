import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Refusal } from '../declare/errors.ts'
import { newRequestId } from '../request-id.ts'
import { calledAddress } from './called.ts'
import { type Answer, encodeError } from './encode.ts'
import type { FrontDoorOptions } from './options.ts'

export function send(answer: Answer, reply: FastifyReply): FastifyReply {
  const { status, contentType, payload, requestId, retryAfterMs } = answer
  // Milliseconds; some clients try again only where it is there.
  if (retryAfterMs !== undefined) reply.header('x-acs-retry-after', String(retryAfterMs))
  return reply
    .code(status)
    .headers({
      'content-type': contentType,
      'x-acs-request-id': requestId,
      'access-control-allow-origin': '*',
      'access-control-expose-headers': '*',
      vary: 'Accept-Encoding',
    })
    .send(payload)
}

/** Answers a request that does not get as far as being read; in JSON, since the format is not known. */
export function refuse(
  refusal: Refusal,
  request: FastifyRequest,
  reply: FastifyReply,
  { endpoint, originalHost, originalSecure }: Pick<FrontDoorOptions, 'endpoint' | 'originalHost' | 'originalSecure'>,
): FastifyReply {
  const { headers } = request.raw
  const host = originalHost?.(headers) ?? headers.host
  const secure = originalSecure?.(headers) ?? isSecure(request)
  return send(encodeError('JSON', refusal, calledAddress(host, secure, endpoint), newRequestId()), reply)
}

export function isSecure({ raw }: FastifyRequest): boolean {
  return 'encrypted' in raw.socket
}

/** Browsers ask first whether a page of another origin may call; nothing is allowed without a signature anyway. */
export function answerPreflight(reply: FastifyReply): FastifyReply {
  return reply
    .code(204)
    .headers({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST, GET, OPTIONS',
      // The star does not stand for this one.
      'access-control-allow-headers': 'Authorization, *',
      'access-control-max-age': '172800',
    })
    .send()
}
