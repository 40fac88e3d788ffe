import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type AnswerCall, createAnswerCall } from './answer-call.ts'
import { createCallGate } from './call-gate.ts'
import { trackResponses } from './client-error.ts'
import { gatewayError, Throttled } from './gateway-errors.ts'
import { defaultLimits } from './limits.ts'
import type { FrontDoorOptions } from './options.ts'
import { refuse, sourceOf } from './reply.ts'

/**
 * Serves the API at `/` of an instance that was made with `fastifySettings` and `nodeSettings`, and answers every path
 * that has no route.
 */
export async function registerFrontDoor(app: FastifyInstance, options: FrontDoorOptions): Promise<void> {
  const limits = { ...defaultLimits, ...options.limits }
  app.server.maxConnections = limits.connections
  trackResponses(app.server)
  // Whatever a client expects of us, it may as well send its request.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))

  const { gate = createCallGate() } = options
  app.addHook('preClose', async () => void gate.close())
  const answerCall = createAnswerCall(options, limits, gate)
  routeCalls(app, answerCall)

  await app.register(async (scope) => {
    // Before the body is read: nothing else is cheap enough for who calls too often.
    scope.addHook('onRequest', (request, reply, done) => {
      if (pathOf(request.raw) === '/') return done()
      try {
        options.flow.admitSource(sourceOf(request.raw, options))
        done()
      } catch (error) {
        if (error instanceof Throttled) refuse(error, request.raw, hijacked(reply), options)
        else done(error as Error)
      }
    })
    // Nothing here reads a body: that of a call is read where calls are answered.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    scope.setErrorHandler((error: FastifyError, request, reply) => {
      if (isClientFault(error)) return refuse(gatewayError('InvalidRequest'), request.raw, hijacked(reply), options)
      options.logger.error({ err: error }, 'request failed before it was read')
      refuse(gatewayError('InternalError'), request.raw, hijacked(reply), options)
    })
    scope.setNotFoundHandler((request, reply) => {
      const code = pathOf(request.raw) === '/' ? 'UnsupportedHTTPMethod' : 'InvalidAction.NotFound'
      refuse(gatewayError(code), request.raw, hijacked(reply), options)
    })
    scope.all('/', async (request: FastifyRequest, reply: FastifyReply) => answerCall(request.raw, hijacked(reply)))
  })
}

/** Calls by POST, as nearly all are, go past Fastify, which would add to what each of them takes. */
function routeCalls(app: FastifyInstance, answerCall: AnswerCall): void {
  app.server.removeListener('request', app.routing)
  app.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.method === 'POST' && pathOf(request) === '/') answerCall(request, response)
    else app.routing(request, response)
  })
}

function hijacked(reply: FastifyReply): ServerResponse {
  reply.hijack()
  return reply.raw
}

/** A header that Fastify reads is malformed. */
function isClientFault({ statusCode }: FastifyError): boolean {
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500
}

function pathOf({ url = '' }: IncomingMessage): string {
  const query = url.indexOf('?')
  return query === -1 ? url : url.slice(0, query)
}
