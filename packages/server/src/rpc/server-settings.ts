import type { ServerOptions, ServerResponse } from 'node:http'
import { type FastifyServerOptions, LogController } from 'fastify'
import { calledAddress, type OwnAddresses } from './called.ts'
import { answerClientError } from './client-error.ts'
import { gatewayError } from './gateway-errors.ts'
import { defaultLimits, type Limits } from './limits.ts'
import type { FrontDoorOptions } from './options.ts'
import { refuse } from './reply.ts'

export interface ServerSettings extends OwnAddresses, Pick<FrontDoorOptions, 'originalSecure'> {
  readonly limits?: Partial<Limits>
  /** Whether this server itself ends TLS. */
  readonly secure?: boolean
}

/** For the `http` or `https` member of Fastify's options. */
export function nodeSettings({ limits }: Pick<ServerSettings, 'limits'> = {}): ServerOptions {
  const { headerSize, headersTimeout, checkInterval } = { ...defaultLimits, ...limits }
  return {
    maxHeaderSize: headerSize,
    headersTimeout,
    connectionsCheckingInterval: checkInterval,
    // Node would refuse a request without a host with an empty body, which makes some clients crash. We answer it.
    requireHostHeader: false,
  }
}

/**
 * Fastify's options for a server with a front door, besides `http` or `https`. Whatever happens before a request
 * reaches a route is answered in the documented form too.
 */
export function fastifySettings(
  settings: ServerSettings,
): Pick<
  FastifyServerOptions,
  | 'requestTimeout'
  | 'keepAliveTimeout'
  | 'logController'
  | 'return503OnClosing'
  | 'clientErrorHandler'
  | 'frameworkErrors'
> {
  const { requestTimeout, keepAliveTimeout, linger } = { ...defaultLimits, ...settings.limits }
  // Asked for when it is needed: a port of the system's choice is known after listening only.
  const called = () => calledAddress({ headers: {}, secure: settings.secure === true }, settings)
  return {
    requestTimeout,
    keepAliveTimeout,
    // A URL can hold a password.
    logController: new LogController({ disableRequestLogging: true }),
    // Fastify's own answer while it closes has no `Code`, which one client takes for success.
    return503OnClosing: false,
    clientErrorHandler: (error, socket) => void answerClientError(error, socket, { called: called(), linger }),
    frameworkErrors: (_error, request, reply) => {
      reply.hijack()
      refuse(gatewayError('InvalidAction.NotFound'), request.raw, reply.raw as ServerResponse, settings)
    },
  }
}
