import type { FastifyInstance, FastifyRequest } from 'fastify'

/** A year. Neither subdomains nor preloading: other names under it are not ours to decide about. */
const strictTransport = 'max-age=31536000'

/**
 * A browser that came over TLS once comes over nothing else for a year (RFC 6797), so that nobody on its way can lead it to a
 * page without. Told over TLS only: over plain HTTP a browser has to ignore it.
 */
export function keepToTls(app: FastifyInstance, isSecure: (request: FastifyRequest) => boolean): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (isSecure(request)) reply.header('strict-transport-security', strictTransport)
    done()
  })
}
