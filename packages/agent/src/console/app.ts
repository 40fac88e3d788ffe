import { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import { entryRoutes } from './entry.ts'
import { messagePage } from './entry-pages.ts'
import { homeRoutes } from './home.ts'
import { isOwnForm, isOwnHost } from './same-site.ts'
import { style } from './style.ts'
import { type ConsoleParts, show, visitOf } from './visit.ts'

const maximumBody = 4_096
const stylePath = '/style.css'

const headers = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  // Not no-referrer: with that a browser names no origin with our own forms either.
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
}

export async function buildApp(parts: ConsoleParts): Promise<FastifyInstance> {
  const app = fastify({ bodyLimit: maximumBody, logger: false })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  )

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    if (parts.secure) reply.header('strict-transport-security', 'max-age=31536000')
    return guard(parts, request, reply)
  })
  app.get(stylePath, (_request, reply) => reply.type('text/css; charset=utf-8').send(style))
  homeRoutes(app, parts)
  entryRoutes(app, parts)

  app.setNotFoundHandler((request, reply) => {
    const { frame, texts } = visitOf(parts, request)
    return show(reply, 404, messagePage(frame(), texts.notHere))
  })
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { frame, texts } = visitOf(parts, request)
    const status = error.statusCode ?? 500
    if (status < 500) return show(reply, status, messagePage(frame(), texts.badRequest))
    parts.logger.error({ err: error, path: request.routeOptions.url }, 'A request to the local console failed')
    return show(reply, 500, messagePage(frame(), texts.internal))
  })
  await app.ready()
  return app
}

/** Requests that some other site makes a visitor's browser send end here. */
async function guard(
  parts: ConsoleParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const { host, origin, 'sec-fetch-site': fetchSite } = request.headers
  const site = { host, origin, fetchSite: typeof fetchSite === 'string' ? fetchSite : undefined }
  const { frame, texts } = visitOf(parts, request)
  if (!isOwnHost(host, parts.names ?? [])) return show(reply, 421, messagePage(frame(), texts.otherPlace))
  if (request.method === 'POST' && !isOwnForm(site)) return show(reply, 403, messagePage(frame(), texts.otherPlace))
  if (parts.locked?.() === true && request.url !== stylePath)
    return show(reply, 423, messagePage(frame(), texts.locked))
  return undefined
}
