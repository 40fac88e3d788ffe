import fastify, { type FastifyInstance } from 'fastify'
import { fastifySettings, nodeSettings } from './rpc/server-settings.ts'
import type { ServerOptions } from './server-options.ts'

/** The HTTP server of the API, the pages and the channel; it does not listen yet. */
export function createApp({ tls }: ServerOptions, reached: { readonly endpoint: string }): FastifyInstance {
  const settings = {
    ...fastifySettings({
      get endpoint() {
        return reached.endpoint
      },
      secure: tls !== undefined,
    }),
    logger: false,
  }
  // Over TLS the instance has another type, which matters to nobody here.
  if (tls) return fastify({ ...settings, https: { ...nodeSettings(), ...tls } }) as unknown as FastifyInstance
  return fastify({ ...settings, http: nodeSettings() })
}
