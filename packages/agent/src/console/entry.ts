import { Secret, sourceOf } from '@opensag/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { UncheckableHash } from '../vault-linux-account.ts'
import { loginPage, setupPage } from './entry-pages.ts'
import { isFormToken } from './sessions.ts'
import { type ConsoleParts, enter, fieldsOf, show, visitOf } from './visit.ts'

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
  const { adminPassword, sessions, clock, logger } = parts
  const { texts, frame } = visitOf(parts, request)
  const fields = fieldsOf(request)
  const password = fields.get('password') ?? ''
  const refuse = (text: string): FastifyReply => show(reply, 400, setupPage(frame(), { kind: 'bad', text }))
  const late = (): FastifyReply => show(reply, 409, loginPage(frame(), { kind: 'bad', text: texts.alreadySet }))

  if (adminPassword.isSet()) return late()
  if (fields.get('username') !== administrator) return refuse(texts.badUsername)
  if (!passwordRule.test(password)) return refuse(texts.badPassword)
  // Our form asks twice; a program need not.
  if (fields.has('repeat') && fields.get('repeat') !== password) return refuse(texts.notRepeated)
  if (!(await adminPassword.setFirst(Secret.of(password)))) return late()

  logger.info({ source: request.ip }, 'The first administrator password was set at the local console')
  return enter(reply, parts, sessions.start(clock()))
}

async function login(parts: ConsoleParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { adminPassword, sessions, throttle, clock, logger } = parts
  const { texts, frame } = visitOf(parts, request)
  const fields = fieldsOf(request)
  const refuse = (status: number, text: string): FastifyReply =>
    show(reply, status, (adminPassword.isSet() ? loginPage : setupPage)(frame(), { kind: 'bad', text }))

  const attempt = throttle.begin(sourceOf(request.ip), clock())
  if (!attempt.allowed) {
    const seconds = Math.ceil(attempt.wait / 1_000)
    reply.header('retry-after', seconds)
    return refuse(429, texts.wait(seconds))
  }

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
  return enter(reply, parts, sessions.start(clock()))
}

async function logout(parts: ConsoleParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { session, cookie } = visitOf(parts, request)
  if (session !== undefined && isFormToken(session, fieldsOf(request).get('token') ?? '')) parts.sessions.end(cookie)
  else if (session !== undefined) return reply.redirect('/', 303)
  return enter(reply, parts, undefined)
}
