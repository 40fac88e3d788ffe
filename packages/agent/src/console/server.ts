import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { boundFairly } from './fair-connections.ts'
import { createKnownBrowsers } from './known-browsers.ts'
import { createSessions } from './sessions.ts'
import { createConsoleThrottle } from './throttle.ts'
import type { ConsoleOptions, ConsoleParts } from './visit.ts'

export interface LocalConsoleOptions extends ConsoleOptions {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  /** Certificate chain and private key (PEM); without them it is plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined
}

export interface LocalConsole {
  /** Without a slash at the end. */
  readonly url: string
  readonly port: number
  /** Cuts open connections. */
  close(): Promise<void>
}

/** Milliseconds. A request is a few hundred bytes; who needs longer is keeping a connection from others. */
const patience = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 5_000,
}
const maximumConnections = 100

/**
 * The gateway's own small web console. The pages are loaded and built at the first visit: of thousands of simulated gateways few
 * are ever visited, and a gateway has little memory.
 */
export async function startLocalConsole(options: LocalConsoleOptions): Promise<LocalConsole> {
  const { host, port, logger, tls } = options
  const sessions = createSessions(options.random)
  const knownBrowsers = createKnownBrowsers(options.random)
  const parts: ConsoleParts = {
    ...options,
    secure: tls !== undefined,
    sessions,
    knownBrowsers,
    throttle: createConsoleThrottle(),
  }
  options.adminPassword.onChange(() => sessions.endAll())

  let app: Promise<FastifyInstance> | undefined

  const serve: RequestListener = (request, response) => {
    app ??= import('./app.ts').then(({ buildApp }) => buildApp(parts))
    app.then(
      (ready) => ready.routing(request, response),
      (error: unknown) => {
        logger.error({ err: error }, 'The local console could not be built')
        response.writeHead(500).end()
      },
    )
  }
  const server = tls === undefined ? createServer(patience, serve) : createTlsServer({ ...patience, ...tls }, serve)
  boundFairly(server, maximumConnections)
  const address = await listen(server, host, port)

  return {
    url: `${tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    port: address.port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      await (await app)?.close()
    },
  }
}

function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('The local console has no port.'))
      else resolve(address)
    })
  })
}
