import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { parseLocalChanges, UnusableSettings } from '../local-configuration.ts'
import { loginPage, setupPage } from './entry-pages.ts'
import { isFormToken } from './sessions.ts'
import { statusPage } from './status-page.ts'
import { isLanguage } from './texts.ts'
import { type ConsoleParts, enter, fieldsOf, languageCookie, show, visitOf } from './visit.ts'

/** The one page: a first visit, a login or the status, and the change of settings on it. */
export function homeRoutes(app: FastifyInstance, parts: ConsoleParts): void {
  app.get('/', (request, reply) => home(parts, request, reply))
  app.get('/language', switchLanguage)
  app.post('/settings', (request, reply) => saveSettings(parts, request, reply))
}

async function home(parts: ConsoleParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { session, frame, texts } = visitOf(parts, request)
  if (session === undefined)
    return show(
      reply,
      200,
      parts.adminPassword.isSet() ? loginPage(frame()) : setupPage(frame(), parts.code !== undefined),
    )
  const note = request.url === '/?saved' ? ({ kind: 'good', text: texts.saved } as const) : undefined
  return show(reply, 200, statusPage(frame(session), parts.status(), parts.settings, note))
}

async function saveSettings(parts: ConsoleParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { session, cookie, frame, texts } = visitOf(parts, request)
  const fields = fieldsOf(request)
  if (session === undefined || !isFormToken(session, fields.get('token') ?? '')) {
    return show(reply, 401, loginPage(frame(), false, { kind: 'bad', text: texts.expired }))
  }

  try {
    const given = [...fields].filter(([name]) => name !== 'token')
    await parts.settings.edit(parseLocalChanges(given))
  } catch (error) {
    if (!(error instanceof UnusableSettings)) throw error
    const note = { kind: 'bad', text: texts.badSettings } as const
    return show(reply, 400, statusPage(frame(session), parts.status(), parts.settings, note))
  }
  return enter(reply, parts, cookie, '/?saved')
}

async function switchLanguage(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const to = new URL(request.url, 'http://console').searchParams.get('to') ?? undefined
  if (isLanguage(to))
    reply.header('set-cookie', `${languageCookie}=${to}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000`)
  return reply.redirect('/', 303)
}
