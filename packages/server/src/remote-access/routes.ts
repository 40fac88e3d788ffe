import { numberToIpv4 } from '@opensag/rules'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { silentSince } from '../model/logon.ts'
import type { TunnelUsers } from '../model/tunnel-users.ts'
import { newRequestId } from '../request-id.ts'
import type { ClientSession } from '../store/remote-users/client-sessions.ts'
import type { RemoteAccessContext, RemoteAccessOptions } from './context.ts'
import { createLogons, type Logons } from './logon.ts'
import { createPasswords } from './passwords.ts'
import { profileFor } from './profile.ts'
import { LogonRefusal, refusals } from './refusals.ts'
import { parseLogon } from './requests.ts'
import { keepSession, logOff, showSession, sweepSessions } from './sessions.ts'
import { createLogonThrottle } from './throttle.ts'
import { bearerToken } from './tokens.ts'
import { createTunnelUsers } from './tunnels.ts'

/** Bytes. A logon is a few hundred. */
const bodySize = 4096
/** C: a client that misses three in a row is gone. */
const missed = 3

export interface RemoteAccess {
  /** What points of presence ask. */
  readonly tunnelUsers: TunnelUsers
  /** Serves remote users: `/app/logon`, `/app/profile`, `/app/heartbeat`, `/app/logoff`, `/app/session`; docs/remote-access.md. */
  register(app: FastifyInstance): Promise<void>
}

/** Nothing runs before it is registered. */
export function createRemoteAccess(options: RemoteAccessOptions): RemoteAccess {
  const aside = createAside(options)
  const context: RemoteAccessContext = {
    ...options,
    heartbeat: { everyMs: options.heartbeatMs, missed },
    passwords: createPasswords(options.random),
    throttle: createLogonThrottle({ ...options, kind: 'remote' }),
    aside: aside.add,
  }
  // One limit for those who log on at once, whichever way they come.
  const logons = createLogons(context)
  return {
    tunnelUsers: createTunnelUsers(context, logons),
    register: (app) => register(app, context, logons, aside.settled),
  }
}

async function register(
  app: FastifyInstance,
  context: RemoteAccessContext,
  logons: Logons,
  settled: () => Promise<void>,
): Promise<void> {
  const { logger, heartbeatMs } = context
  const stopSweeping = sweepRegularly(context)

  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: bodySize },
      async (_request: FastifyRequest, body: string) => body,
    )
    scope.setErrorHandler((error: FastifyError, request, reply) => answerError(error, request, reply, context))
    scope.addHook('onClose', async () => {
      stopSweeping()
      await settled()
    })

    scope.post('/app/logon', async ({ body, raw }, reply) => {
      const address = context.remoteAddress?.(raw) ?? raw.socket.remoteAddress
      const { session, token } = await logons.logOn(parseLogon(body), address)
      logger.info({ instanceId: session.instanceId, sessionId: session.id }, 'a remote user logged on')
      return send(reply, 200, { Token: token.reveal(), ...shown(session), HeartbeatSeconds: heartbeatMs / 1000 })
    })
    scope.post('/app/profile', async ({ body, raw }, reply) => {
      const address = context.remoteAddress?.(raw) ?? raw.socket.remoteAddress
      return send(reply, 200, await profileFor(context, await logons.authenticate(parseLogon(body), address)))
    })
    scope.post('/app/heartbeat', async (request, reply) =>
      send(reply, 200, shown(await keepSession(context, tokenOf(request)))),
    )
    scope.post('/app/logoff', async (request, reply) => {
      await logOff(context, tokenOf(request))
      return send(reply, 200, {})
    })
    scope.get('/app/session', async (request, reply) =>
      send(reply, 200, shown(await showSession(context, tokenOf(request)))),
    )
  })
}

function tokenOf({ headers }: FastifyRequest): ReturnType<typeof bearerToken> {
  return bearerToken(headers.authorization)
}

function shown({ instanceId, userName, address, onlineAt }: ClientSession): Readonly<Record<string, string>> {
  return {
    SmartAGId: instanceId,
    UserName: userName,
    ClientIp: numberToIpv4(address),
    OnlineTime: String(Math.floor(onlineAt / 1000)),
  }
}

function send(reply: FastifyReply, status: number, answer: object, requestId = newRequestId()): FastifyReply {
  return reply
    .code(status)
    .headers({ 'x-acs-request-id': requestId, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    .send({ ...answer, RequestId: requestId })
}

function answerError(
  error: FastifyError,
  { routeOptions }: FastifyRequest,
  reply: FastifyReply,
  { logger }: RemoteAccessContext,
): FastifyReply {
  const requestId = newRequestId()
  const refusal = refusalOf(error)
  if (refusal.code === 'InternalError')
    logger.error({ err: error, requestId, path: routeOptions.url }, 'request failed')
  else logger.debug({ requestId, path: routeOptions.url, code: refusal.code }, 'refused')
  if (refusal.retryAfter !== undefined) reply.header('retry-after', refusal.retryAfter)
  const [status, Message] = refusals[refusal.code]
  return send(reply, status, { Code: refusal.code, Message }, requestId)
}

function refusalOf(error: FastifyError): LogonRefusal {
  if (error instanceof LogonRefusal) return error
  const { statusCode = 500 } = error
  if (statusCode === 413) return new LogonRefusal('RequestBodyTooLarge')
  return new LogonRefusal(statusCode >= 400 && statusCode < 500 ? 'InvalidRequest' : 'InternalError')
}

/** Keeps account of work no answer waits for, so that the server does not close under it. */
function createAside({ logger }: RemoteAccessOptions): {
  readonly add: RemoteAccessContext['aside']
  readonly settled: () => Promise<void>
} {
  const open = new Set<Promise<void>>()
  return {
    add(what, work) {
      const settled = work
        .then(
          () => {},
          (error: unknown) => logger.error({ err: error }, what),
        )
        .finally(() => open.delete(settled))
      open.add(settled)
    },
    settled: async () => {
      await Promise.all(open)
    },
  }
}

function sweepRegularly(context: RemoteAccessContext): () => void {
  const { store, heartbeat, wallClock, businessClock, aside } = context
  const startedAt = wallClock()
  const timer = setInterval(() => {
    const seenAt = silentSince(heartbeat, wallClock())
    // While the server was away no client could be heard.
    if (seenAt < startedAt) return
    aside('sweeping silent sessions failed', sweepSessions(store, seenAt, businessClock()))
  }, heartbeat.everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
