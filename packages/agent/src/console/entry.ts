import { Secret, sourceOf } from '@opensag/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isCode } from '../console-code.ts'
import { UncheckableHash } from '../vault-linux-account.ts'
import { loginPage, setupPage } from './entry-pages.ts'
import { readCookie } from './forms.ts'
import { isFormToken } from './sessions.ts'
import { browserCookie, type ConsoleParts, enter, enterKnown, fieldsOf, show, visitOf } from './visit.ts'

/** The one rule for administrator passwords (D: the page of ModifySAGAdminPassword). */
const passwordRule = /^[A-Za-z0-9_]{8,30}$/
const administrator = 'admin'

/** Setting the first password, logging in and logging out. */
export function entryRoutes(app: FastifyInstance, parts: ConsoleParts): void {
  app.post('/setup', (request, reply) => setup(parts, request, reply))
  app.post('/login', (request, reply) => login(parts, request, reply))
  app.post('/logout', (request, reply) => logout(parts, request, reply))
}

async function setup(parts: ConsoleParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { adminPassword, sessions, throttle, clock, logger, code } = parts
  const { texts, frame } = visitOf(parts, request)
  const fields = fieldsOf(request)
  const password = fields.get('password') ?? ''
  const refuse = (text: string, status = 400): FastifyReply =>
    show(reply, status, setupPage(frame(), code !== undefined, { kind: 'bad', text }))
  const late = (): FastifyReply => show(reply, 409, loginPage(frame(), false, { kind: 'bad', text: texts.alreadySet }))

  if (adminPassword.isSet()) return late()
  if (fields.get('username') !== administrator) return refuse(texts.badUsername)
  if (!passwordRule.test(password)) return refuse(texts.badPassword)
  // Our form asks twice; a program need not.
  if (fields.has('repeat') && fields.get('repeat') !== password) return refuse(texts.notRepeated)
  if (code !== undefined) {
    const attempt = throttle.begin(sourceOf(request.ip), clock(), acquaintance(parts, request, fields))
    if (!attempt.allowed) return refuse(texts.wait(announceWait(reply, attempt.wait)), 429)
    if (!isCode(fields.get('code') ?? '', code)) {
      logger.warn({ source: request.ip }, 'A first visit to the local console had not the code of this machine')
      return refuse(texts.wrongCode, 403)
    }
    attempt.succeeded()
  }
  if (!(await adminPassword.setFirst(Secret.of(password)))) return late()

  logger.info({ source: request.ip }, 'The first administrator password was set at the local console')
  return enterKnown(reply, parts, sessions.start(clock()))
}

async function login(parts: ConsoleParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { adminPassword, sessions, throttle, clock, logger } = parts
  const { texts, frame } = visitOf(parts, request)
  const fields = fieldsOf(request)
  const refuse = (status: number, text: string): FastifyReply => {
    const note = { kind: 'bad', text } as const
    const asksForCode = parts.code !== undefined && (status === 429 || fields.has('code'))
    const form = adminPassword.isSet()
      ? loginPage(frame(), asksForCode, note)
      : setupPage(frame(), parts.code !== undefined, note)
    return show(reply, status, form)
  }

  const attempt = throttle.begin(sourceOf(request.ip), clock(), acquaintance(parts, request, fields))
  if (!attempt.allowed) return refuse(429, texts.wait(announceWait(reply, attempt.wait)))

  const { generation } = sessions
  const password = Secret.of(fields.get('password') ?? '')
  try {
    const right = fields.get('username') === administrator && (await adminPassword.verify(password))
    // The password may have been changed while it was being checked.
    if (!right || sessions.generation !== generation) {
      logger.warn({ source: request.ip }, 'A login at the local console was refused')
      return refuse(401, texts.wrongPassword)
    }
  } catch (error) {
    if (!(error instanceof UncheckableHash)) throw error
    logger.warn({ err: error }, 'A login at the local console could not be checked')
    return refuse(503, texts.foreignHash)
  }
  attempt.succeeded()
  return enterKnown(reply, parts, sessions.start(clock()))
}

/** Whom strangers cannot make wait: a browser somebody has logged in from, or a person who has been on the machine. */
function acquaintance(
  parts: ConsoleParts,
  request: FastifyRequest,
  fields: ReadonlyMap<string, string>,
): string | undefined {
  const browser = parts.knownBrowsers.find(readCookie(request.headers.cookie, browserCookie(parts)))
  if (browser !== undefined) return browser
  return parts.code !== undefined && isCode(fields.get('code') ?? '', parts.code) ? 'code' : undefined
}

function announceWait(reply: FastifyReply, milliseconds: number): number {
  const seconds = Math.ceil(milliseconds / 1_000)
  reply.header('retry-after', seconds)
  return seconds
}

async function logout(parts: ConsoleParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { session, cookie } = visitOf(parts, request)
  if (session !== undefined && isFormToken(session, fieldsOf(request).get('token') ?? '')) parts.sessions.end(cookie)
  else if (session !== undefined) return reply.redirect('/', 303)
  return enter(reply, parts, undefined)
}
