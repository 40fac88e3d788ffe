import fastify, { type FastifyInstance } from 'fastify'
import { keepToTls } from './pages/strict-transport.ts'
import { fastifySettings, nodeSettings } from './rpc/server-settings.ts'
import type { ServerOptions } from './server-options.ts'
import { forwardedSecure } from './trusted-proxies.ts'

/** The HTTP server of the API, the pages and the channel; it does not listen yet. */
export function createApp(options: ServerOptions, reached: { readonly endpoint: string }): FastifyInstance {
  const { tls } = options
  const settings = {
    ...fastifySettings({
      get endpoint() {
        return reached.endpoint
      },
      secure: tls !== undefined,
    }),
    logger: false,
  }
  const app = tls
    ? // Over TLS the instance has another type, which matters to nobody here.
      (fastify({ ...settings, https: { ...nodeSettings(), ...tls } }) as unknown as FastifyInstance)
    : fastify({ ...settings, http: nodeSettings() })
  if (tls) keepToTls(app.server, () => true)
  else if ((options.trustedProxies ?? []).length > 0)
    keepToTls(app.server, ({ headers }) => forwardedSecure(headers) === true)
  return app
}
