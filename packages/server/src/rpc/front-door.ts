import type { Readable } from 'node:stream'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Body, createBodyReader, noRoom, tooLarge } from './body.ts'
import { trackResponses } from './client-error.ts'
import { dispatch } from './dispatch.ts'
import { gatewayError, missing, Throttled } from './gateway-errors.ts'
import { defaultLimits } from './limits.ts'
import type { FrontDoorOptions } from './options.ts'
import { answerPreflight, isSecure, refuse, send } from './reply.ts'

const nothing = Buffer.alloc(0)

/**
 * Serves the API at `/` of an instance that was made with `fastifySettings` and `nodeSettings`, and answers every path
 * that has no route.
 */
export async function registerFrontDoor(app: FastifyInstance, options: FrontDoorOptions): Promise<void> {
  const limits = { ...defaultLimits, ...options.limits }
  const sourceOf = ({ raw }: FastifyRequest): string | undefined =>
    options.remoteAddress?.(raw) ?? raw.socket.remoteAddress
  app.server.maxConnections = limits.connections
  trackResponses(app.server)
  // Whatever a client expects of us, it may as well send its request.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))

  await app.register(async (scope) => {
    let closing = false
    scope.addHook('preClose', async () => {
      closing = true
    })
    // Before the body is read: nothing else is cheap enough for who calls too often.
    scope.addHook('onRequest', (request, reply, done) => {
      try {
        options.flow.admitSource(sourceOf(request))
        done()
      } catch (error) {
        if (error instanceof Throttled) void refuse(error, request, reply, options)
        else done(error as Error)
      }
    })
    // The one reader of bodies, whatever type they claim to have; Fastify's own would close the connection on errors.
    scope.removeAllContentTypeParsers()
    const readBody = createBodyReader(limits)
    scope.addContentTypeParser('*', (_request: FastifyRequest, payload: Readable) => readBody(payload))
    scope.setErrorHandler((error: FastifyError, request, reply) => {
      if (isClientFault(error)) return refuse(gatewayError('InvalidRequest'), request, reply, options)
      options.logger.error({ err: error }, 'request failed before it was read')
      return refuse(gatewayError('InternalError'), request, reply, options)
    })
    scope.setNotFoundHandler((request, reply) => {
      const known = pathOf(request) === '/'
      const code = known ? 'UnsupportedHTTPMethod' : 'InvalidAction.NotFound'
      return refuse(gatewayError(code), request, reply, options)
    })

    scope.all('/', async (request: FastifyRequest, reply: FastifyReply) => {
      if (closing) return refuse(gatewayError('ServiceUnavailable'), request, reply, options)
      const { raw } = request
      const method = raw.method ?? ''
      if (method === 'OPTIONS') return answerPreflight(reply)
      if (raw.headers.host === undefined && raw.httpVersionMinor > 0) {
        return refuse(missing('Host'), request, reply, options)
      }
      const body = (request.body ?? nothing) as Body
      if (body === noRoom) return refuse(new Throttled('Throttling', limits.requestTimeout), request, reply, options)
      if (body === tooLarge) return refuse(gatewayError('RequestBodyTooLarge'), request, reply, options)
      const secure = isSecure(request)
      const distinct = () => raw.headersDistinct
      const source = sourceOf(request)
      const wire = { method, target: raw.url ?? '/', headers: raw.headers, distinct, body, secure, source }
      return send(await dispatch(wire, options, limits), reply)
    })
  })
}

function pathOf({ raw }: FastifyRequest): string {
  return (raw.url ?? '').split('?', 1)[0] ?? ''
}

/** The connection broke while the body was read, or a header that Fastify reads is malformed. */
function isClientFault({ code, statusCode }: FastifyError): boolean {
  return code === 'ECONNRESET' || (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
}
