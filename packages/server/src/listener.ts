import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import fastify, { type FastifyInstance } from 'fastify'
import { keepToTls } from './pages/strict-transport.ts'
import type { OwnAddresses } from './rpc/called.ts'
import { fastifySettings, nodeSettings } from './rpc/server-settings.ts'
import type { ServerOptions } from './server-options.ts'
import { forwardedHost, forwardedSecure } from './trusted-proxies.ts'

/**
 * Connections that the system makes before this process takes them. All gateways of a node that died come at once, and of
 * Node's 511 the rest waited for seconds: then a load balancer takes the node for dead too. The system may allow less
 * (`net.core.somaxconn`).
 */
const backlog = 4096

/** The HTTP server of the API, the pages and the channel; it does not listen yet. */
export function createApp(options: ServerOptions, own: OwnAddresses): FastifyInstance {
  const { tls } = options
  const isProxied = (options.trustedProxies ?? []).length > 0
  const settings = {
    ...fastifySettings({
      get endpoint() {
        return own.endpoint
      },
      publicAddress: own.publicAddress,
      isOwnName: own.isOwnName,
      ...(isProxied ? { originalHost: forwardedHost, originalSecure: forwardedSecure } : {}),
      secure: tls !== undefined,
    }),
    logger: false,
  }
  const app = tls
    ? // Over TLS the instance has another type, which matters to nobody here.
      (fastify({ ...settings, https: { ...nodeSettings(), ...tls } }) as unknown as FastifyInstance)
    : fastify({ ...settings, http: nodeSettings() })
  if (tls) keepToTls(app.server, () => true)
  else if (isProxied) keepToTls(app.server, ({ headers }) => forwardedSecure(headers) === true)
  return app
}

export interface Listening {
  readonly port: number
  /** Nobody comes in by the port of gateways any more; the other one is the app's own. */
  close(): Promise<void>
}

/**
 * Listens, also on a port of its own for gateways where there is one. Both lead to the same server. Node takes one connection of a
 * port in each turn of its event loop (libuv from 1.45 on), so a crowd of gateways at the port of calls keeps these waiting.
 */
export async function listen(
  app: FastifyInstance,
  { host, port, gatewayPort }: Pick<ServerOptions, 'host' | 'port' | 'gatewayPort'>,
): Promise<Listening> {
  await app.listen({ host, port, backlog })
  const own = (app.server.address() as AddressInfo).port
  if (gatewayPort === undefined) return { port: own, close: async () => {} }
  // With the settings that a server of HTTP gives its own.
  const gateways = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
    app.server.emit('connection', socket),
  )
  gateways.listen({ host, port: gatewayPort, backlog })
  await once(gateways, 'listening')
  return { port: own, close: () => new Promise((resolve) => gateways.close(() => resolve())) }
}
