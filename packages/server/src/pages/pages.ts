import type { FastifyInstance } from 'fastify'
import type { Operation } from '../declare/operation.ts'
import { errorPage, pagesCss, unknownErrorPage } from './error-page.ts'

const headers = {
  'content-security-policy': "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/** The pages for people: what an error code means. */
export async function registerPages(app: FastifyInstance, operations: readonly Operation[]): Promise<void> {
  app.get<{ Params: { code: string } }>('/errors/:code', async (request, reply) => {
    const page = errorPage(request.params.code, operations)
    reply.headers(headers).type('text/html; charset=utf-8')
    return page === undefined ? reply.code(404).send(unknownErrorPage()) : reply.send(page)
  })
  app.get('/pages.css', async (_request, reply) =>
    reply.headers(headers).type('text/css; charset=utf-8').send(pagesCss),
  )
}
