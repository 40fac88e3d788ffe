import type { FastifyInstance } from 'fastify'
import type { Operation } from '../declare/operation.ts'
import { errorEntry, errorPage, pagesCss, unknownErrorPage } from './error-page.ts'

const headers = {
  'content-security-policy': "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/** The pages for people: what an error code means. */
export async function registerPages(app: FastifyInstance, operations: ReadonlyMap<string, Operation>): Promise<void> {
  app.get<{ Params: { code: string } }>('/errors/:code', async (request, reply) => {
    reply.headers(headers).header('vary', 'Accept')
    if (request.headers.accept === 'application/json') {
      const entry = errorEntry(request.params.code, operations)
      return entry === undefined ? reply.code(404).send({ meanings: [] }) : reply.send(entry)
    }
    const page = errorPage(request.params.code, operations)
    reply.type('text/html; charset=utf-8')
    return page === undefined ? reply.code(404).send(unknownErrorPage()) : reply.send(page)
  })
  app.get('/pages.css', async (_request, reply) =>
    reply.headers(headers).type('text/css; charset=utf-8').send(pagesCss),
  )
}
