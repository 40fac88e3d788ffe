import type { Secret } from '@opensag/protocol'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { AdminPassword } from '../admin-password.ts'
import type { LocalSettings } from '../local-settings.ts'
import { parseForm, readCookie } from './forms.ts'
import type { KnownBrowsers } from './known-browsers.ts'
import type { Frame } from './page.ts'
import type { Session, Sessions } from './sessions.ts'
import type { ConsoleStatus } from './status-page.ts'
import { isLanguage, preferredLanguage, type Texts, textsIn } from './texts.ts'
import type { ConsoleThrottle } from './throttle.ts'

export interface ConsoleOptions {
  readonly adminPassword: AdminPassword
  readonly settings: LocalSettings
  readonly status: () => ConsoleStatus
  /** Only who knows it may set the first password, and need not wait because of strangers; without one anybody may. */
  readonly code?: Secret | undefined
  /** Whether it is served over TLS. */
  readonly secure?: boolean
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
  readonly knownBrowsers: KnownBrowsers
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
  return `opensag-session-${plainSerial(status().serial)}`
}

/** Says that somebody has logged in from this browser before. */
export function browserCookie({ status }: ConsoleOptions): string {
  return `opensag-browser-${plainSerial(status().serial)}`
}

function plainSerial(serial: string): string {
  return serial.replace(/[^A-Za-z0-9]/g, '')
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
  return reply.header('set-cookie', sessionHeader(parts, cookie)).redirect(path, 303)
}

/** To the first page after the password was right: this browser is known from now on. */
export function enterKnown(reply: FastifyReply, parts: ConsoleParts, cookie: string): FastifyReply {
  const known = `${browserCookie(parts)}=${parts.knownBrowsers.remember()}; ${cookieRules(parts)}; Max-Age=${knownFor}`
  return reply.header('set-cookie', [sessionHeader(parts, cookie), known]).redirect('/', 303)
}

/** C: seconds; 90 days. */
const knownFor = 90 * 24 * 3_600

function sessionHeader(parts: ConsoleParts, cookie: string | undefined): string {
  return `${sessionCookie(parts)}=${cookie ?? ''}; ${cookieRules(parts)}${cookie === undefined ? '; Max-Age=0' : ''}`
}

function cookieRules({ secure }: ConsoleOptions): string {
  return `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
}
