import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refusal } from '../declare/errors.ts'
import { createBodyReader, noRoom, tooLarge } from './body.ts'
import type { CallGate } from './call-gate.ts'
import { createCallRoom } from './call-room.ts'
import { compressed, mayCompress } from './compressed.ts'
import { dispatch } from './dispatch.ts'
import { gatewayError, missing, Throttled } from './gateway-errors.ts'
import type { Limits } from './limits.ts'
import type { FrontDoorOptions } from './options.ts'
import { answerPreflight, isSecure, refuse, send, sourceOf } from './reply.ts'

export type AnswerCall = (request: IncomingMessage, response: ServerResponse) => void

const nothing = Buffer.alloc(0)
/** A type and a subtype (RFC 9110, 8.3.1), whatever parameters follow. */
const mediaType = /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(?:;|$)/

/** Answers each request to the API that comes through the gate, whatever its method. */
export function createAnswerCall(options: FrontDoorOptions, limits: Limits, gate: CallGate): AnswerCall {
  const readBody = createBodyReader(limits)
  const room = createCallRoom(limits.callsAtOnce, options.logger)

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const source = sourceOf(request, options)
    // Before the body is read: nothing else is cheap enough for who calls too often.
    options.flow.admitSource(source)
    const leave = gate.enter()
    if (leave === undefined) {
      response.setHeader('connection', 'close')
      throw gatewayError('ServiceUnavailable')
    }
    try {
      await answerTaken(request, response, source)
    } finally {
      leave()
    }
  }

  async function answerTaken(
    request: IncomingMessage,
    response: ServerResponse,
    source: string | undefined,
  ): Promise<void> {
    const { headers, method = '', url = '/' } = request
    if (method === 'OPTIONS') return answerPreflight(response)
    if (headers.host === undefined && request.httpVersionMinor > 0) throw missing('Host')
    const body = hasBody(request) ? await readBody(request) : nothing
    if (body === noRoom) throw new Throttled('Throttling', limits.requestTimeout)
    if (body === tooLarge) throw gatewayError('RequestBodyTooLarge')
    const distinct = () => request.headersDistinct
    const localAddress = () => request.socket.localAddress
    const wire = { method, target: url, headers, distinct, body, secure: isSecure(request), source, localAddress }
    const leave = enterWith(body)
    try {
      const answer = await dispatch(wire, options, limits, leave)
      if (mayCompress(answer)) send(answer, response, await compressed(answer, headers['accept-encoding']))
      else send(answer, response)
    } finally {
      leave()
    }
  }

  function enterWith(body: Buffer): () => void {
    try {
      return room.enter()
    } catch (error) {
      // It may hold a password, and nobody else will wipe it.
      body.fill(0)
      throw error
    }
  }

  function refuseUnread(refusal: Refusal, request: IncomingMessage, response: ServerResponse): void {
    options.calls?.refused(refusal.code)
    refuse(refusal, request, response, options)
  }

  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (error instanceof Refusal) return refuseUnread(error, request, response)
      // Nobody is there any more.
      if (request.errored) return void response.destroy()
      options.logger.error({ err: error }, 'request failed before it was read')
      refuseUnread(gatewayError('InternalError'), request, response)
    })
  }
}

/**
 * Whether a body follows that counts: that of a GET does not.
 *
 * @throws Refusal when its type is none
 */
function hasBody({ method, headers }: IncomingMessage): boolean {
  const length = headers['content-length']
  if (method === 'GET' || method === 'HEAD') return false
  if (headers['transfer-encoding'] === undefined && (length === undefined || length === '0')) return false
  const type = headers['content-type']
  if (type !== undefined && !mediaType.test(type)) throw gatewayError('InvalidRequest')
  return true
}
