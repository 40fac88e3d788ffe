import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { AdminPassword } from '../admin-password.ts'
import type { LocalSettings } from '../local-settings.ts'
import { parseForm, readCookie } from './forms.ts'
import type { Frame } from './page.ts'
import type { Session, Sessions } from './sessions.ts'
import type { ConsoleStatus } from './status-page.ts'
import { isLanguage, preferredLanguage, type Texts, textsIn } from './texts.ts'
import type { ConsoleThrottle } from './throttle.ts'

export interface ConsoleOptions {
  readonly adminPassword: AdminPassword
  readonly settings: LocalSettings
  readonly status: () => ConsoleStatus
  /** Nobody may do anything here. */
  readonly locked?: () => boolean
  /** Names with a dot under which people reach this console; addresses and local names always work. */
  readonly names?: readonly string[]
  /** Milliseconds since 1970. */
  readonly clock: () => number
  readonly random: (bytes: number) => Buffer
  readonly logger: Logger
}

export interface ConsoleParts extends ConsoleOptions {
  readonly sessions: Sessions
  readonly throttle: ConsoleThrottle
}

/** One request, as the pages meet it. */
export interface Visit {
  readonly texts: Texts
  readonly cookie: string | undefined
  readonly session: Session | undefined
  /** For a page seen without a session, or with the given one. */
  frame(session?: Session): Frame
}

export const languageCookie = 'opensag-language'

/** Cookies know no ports: simulated gateways on one address need a name each. */
export function sessionCookie({ status }: ConsoleOptions): string {
  return `opensag-session-${status().serial.replace(/[^A-Za-z0-9]/g, '')}`
}

export function visitOf(parts: ConsoleParts, request: FastifyRequest): Visit {
  const { cookie: cookies, 'accept-language': accepted } = request.headers
  const chosen = readCookie(cookies, languageCookie)
  const language = isLanguage(chosen) ? chosen : preferredLanguage(accepted)
  const texts = textsIn(language)
  const cookie = readCookie(cookies, sessionCookie(parts))
  return {
    texts,
    cookie,
    session: parts.sessions.find(cookie, parts.clock()),
    frame: (session) => ({ language, texts, device: parts.status(), formToken: session?.formToken }),
  }
}

export function fieldsOf({ body }: FastifyRequest): ReadonlyMap<string, string> {
  const fields = typeof body === 'string' ? parseForm(body) : new Map<string, string>()
  if (fields === undefined) throw Object.assign(new Error('A field of the form is repeated.'), { statusCode: 400 })
  return fields
}

export function show(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(page)
}

/** To the first page, with a session or without one. */
export function enter(reply: FastifyReply, parts: ConsoleParts, cookie: string | undefined, path = '/'): FastifyReply {
  const life = cookie === undefined ? '; Max-Age=0' : ''
  const set = `${sessionCookie(parts)}=${cookie ?? ''}; Path=/; HttpOnly; SameSite=Strict${life}`
  return reply.header('set-cookie', set).redirect(path, 303)
}
