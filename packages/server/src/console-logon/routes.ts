import type { IncomingMessage } from 'node:http'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Site } from '../access/security-keys/site.ts'
import { shownCredentials } from '../apis/sts/credentials.ts'
import { newRequestId } from '../request-id.ts'
import { type ConsoleLogonContext, createConsoleLogon } from './logon.ts'
import type { SingleSignOnOptions } from './oidc/options.ts'
import { registerSingleSignOn } from './oidc/routes.ts'
import { ConsoleLogonRefusal, refusals } from './refusals.ts'
import { parseConsoleLogon } from './request.ts'

/** Bytes. A logon is a few hundred, with a security key a few thousand at most. */
const bodySize = 16_384

export interface ConsoleLogonOptions extends ConsoleLogonContext {
  /** Where a request really comes from, when a trusted proxy hands it on. */
  readonly remoteAddress?: (request: IncomingMessage) => string | undefined
  /** The console as the browser that asks sees it; undefined where it has no security keys. */
  readonly siteOf: (request: IncomingMessage) => Site | undefined
}

/** How users may log on besides. */
export interface OtherWays {
  readonly singleSignOn?: SingleSignOnOptions | undefined
  /** The URL that an OpenID provider sends browsers back to. */
  readonly publicUrl?: string | undefined
}

/** Serves `POST /console/logon`: `{"user": "name@account", "password": "…"}` for temporary keys of that user. */
export async function registerConsoleLogon(
  app: FastifyInstance,
  options: ConsoleLogonOptions,
  ways: OtherWays = {},
): Promise<void> {
  const { logger } = options
  const logOn = createConsoleLogon(options)
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    // JSON alone: a page of another origin can send a form without asking first, but not this.
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: bodySize },
      async (_request: FastifyRequest, body: string) => body,
    )
    scope.setErrorHandler((error: FastifyError, _request, reply) => {
      const requestId = newRequestId()
      const refusal = refusalOf(error)
      if (refusal.code === 'InternalError') logger.error({ err: error, requestId }, 'a logon to the console failed')
      else logger.debug({ requestId, code: refusal.code }, 'a logon to the console was refused')
      if (refusal.retryAfter !== undefined) reply.header('retry-after', refusal.retryAfter)
      const [status, Message] = refusals[refusal.code]
      return send(reply, status, { Code: refusal.code, Message, ...refusal.more }, requestId)
    })

    scope.post('/console/logon', async ({ body, raw }, reply) => {
      const address = options.remoteAddress?.(raw) ?? raw.socket.remoteAddress
      const from = { address, userAgent: raw.headers['user-agent'], site: options.siteOf(raw) }
      const credentials = await logOn(parseConsoleLogon(body), from)
      return send(reply, 200, { Credentials: shownCredentials(credentials) })
    })
    registerSingleSignOn(scope, { ...options, ...ways }, send)
  })
}

function send(reply: FastifyReply, status: number, answer: object, requestId = newRequestId()): FastifyReply {
  return reply
    .code(status)
    .headers({ 'x-acs-request-id': requestId, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    .send({ ...answer, RequestId: requestId })
}

function refusalOf(error: FastifyError): ConsoleLogonRefusal {
  if (error instanceof ConsoleLogonRefusal) return error
  const { statusCode = 500 } = error
  if (statusCode === 413) return new ConsoleLogonRefusal('RequestBodyTooLarge')
  return new ConsoleLogonRefusal(statusCode >= 400 && statusCode < 500 ? 'InvalidRequest' : 'InternalError')
}
