import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { shownCredentials } from '../../apis/sts/credentials.ts'
import { ConsoleLogonRefusal } from '../refusals.ts'
import { jsonIn } from '../request.ts'
import type { ConsoleLogonOptions, OtherWays } from '../routes.ts'
import { createSingleSignOn } from './logon.ts'
import { createPendingCookie } from './pending.ts'
import { createProvider } from './provider.ts'

const path = '/console/logon/oidc'

/** The part of an address behind `#` that the console was opened at. */
const beginSchema = z.strictObject({ place: z.string().regex(/^(#\/[\x21-\x7e]{0,300})?$/) })
/** Where a browser goes is said by the settings and the provider, never by who asks. */
const emptySchema = z.strictObject({})

/** What a provider may add to the address it sends a browser back to; the cookie that keeps it has its bounds. */
const answered = ['code', 'state', 'iss', 'error'] as const
const longestAnswer = 2400

type Send = (reply: FastifyReply, status: number, answer: object) => FastifyReply

/**
 * Serves the logon by an OpenID provider:
 *
 * - `GET /console/logon/oidc` says whether there is one,
 * - `POST /console/logon/oidc` begins a logon: where the browser has to go, and a cookie that knows what was begun,
 * - `GET /console/logon/oidc/callback` is where the provider sends it back to: its answer goes into the cookie,
 * - `POST /console/logon/oidc/session` ends it: temporary keys for what the cookie holds. They are in no address,
 * - `POST /console/logon/oidc/leave` says where one logs off at the provider, where it has such a page and the settings offer it.
 */
export function registerSingleSignOn(
  scope: FastifyInstance,
  options: ConsoleLogonOptions & OtherWays,
  send: Send,
): void {
  const { singleSignOn, publicUrl, sealer, wallClock, random, logger } = options
  scope.get(path, async (_request, reply) => send(reply, 200, singleSignOn ? { Name: singleSignOn.name } : {}))
  if (singleSignOn === undefined) return
  if (publicUrl === undefined)
    throw new Error('Single sign-on needs a public URL, to which the provider sends browsers back.')
  const { origin, protocol } = new URL(publicUrl)
  const cookie = createPendingCookie(sealer, protocol === 'https:')
  const provider = createProvider({
    options: singleSignOn,
    redirectUri: `${origin}${path}/callback`,
    wallClock,
    logger,
  })
  const logOn = createSingleSignOn({ ...options, options: singleSignOn, provider })
  const secret = (): string => random(32).toString('base64url')

  scope.post(path, async ({ body }, reply) => {
    const { place } = parsed(beginSchema, body)
    const logon = { state: secret(), nonce: secret(), verifier: secret(), place, begunAt: wallClock() }
    const Location = await provider.begin(logon)
    return send(reply.header('set-cookie', cookie.set(logon)), 200, { Location })
  })

  scope.post(`${path}/leave`, async ({ body }, reply) => {
    parsed(emptySchema, body)
    const { logOff = 'offer' } = singleSignOn
    if (logOff === 'off') return send(reply, 200, {})
    const Location = await provider.leave(logOff === 'return' ? `${origin}/console/` : undefined)
    return send(reply, 200, Location === undefined ? {} : { Location })
  })

  scope.get(`${path}/callback`, async (request, reply) => {
    const logon = cookie.read(request.headers.cookie, wallClock())
    const answer = answerIn(request)
    // Of another browser, of another logon or too late: the page is refused what it then asks for, and says why. A logon that was begun in another
    // tab goes on.
    const isExpected = logon !== undefined && answer.get('state') === logon.state && answer.size > 1
    const kept = isExpected && `${answer}`.length <= longestAnswer ? { ...logon, answer: `${answer}` } : undefined
    if (kept !== undefined) reply.header('set-cookie', cookie.set(kept))
    return reply
      .code(303)
      .headers({
        location: `/console/?logon=oidc${kept?.place ?? ''}`,
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
      })
      .send()
  })

  scope.post(`${path}/session`, async ({ body, raw, headers }, reply) => {
    parsed(emptySchema, body)
    const logon = cookie.read(headers.cookie, wallClock())
    // Whatever comes of an answer: it counts once. What has none yet waits for it.
    if (logon === undefined || logon.answer !== undefined) reply.header('set-cookie', cookie.cleared)
    const address = options.remoteAddress?.(raw) ?? raw.socket.remoteAddress
    const credentials = await logOn(logon, { address, userAgent: raw.headers['user-agent'] })
    return send(reply, 200, { Credentials: shownCredentials(credentials) })
  })
}

function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const found = schema.safeParse(jsonIn(body))
  if (!found.success) throw new ConsoleLogonRefusal('InvalidRequest')
  return found.data
}

function answerIn({ raw }: FastifyRequest): URLSearchParams {
  const { searchParams } = new URL(raw.url ?? '', 'http://localhost')
  const answer = new URLSearchParams()
  for (const name of answered) {
    const value = searchParams.get(name)
    if (value !== null) answer.set(name, value)
  }
  return answer
}
