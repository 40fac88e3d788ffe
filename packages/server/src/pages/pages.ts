import type { FastifyInstance } from 'fastify'
import type { Api } from '../declare/index.ts'
import { serveApiReference } from './api-reference.ts'

const headers = {
  'content-security-policy': "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

/** Explanations and pages are loaded when a person first asks for one; calls need none of them. */
const errorPages = () => import('./error-pages.ts')

/** What is told of the APIs: to people what an error code means, to programs everything. */
export async function registerPages(app: FastifyInstance, apis: Iterable<Api>): Promise<void> {
  const all = [...apis]
  const operations = all.flatMap((api) => [...api.operations.values()])
  let index: string | undefined
  for (const path of ['/errors', '/errors/']) {
    app.get(path, async (_request, reply) => {
      // Made once: it takes a walk over all operations, and anyone may ask for it.
      index ??= (await errorPages()).errorIndexPage(operations)
      return reply.headers(headers).type('text/html; charset=utf-8').send(index)
    })
  }
  app.get<{ Params: { code: string }; Querystring: { missing?: unknown } }>('/errors/:code', async (request, reply) => {
    const { missing } = request.query
    const names = typeof missing === 'string' ? [...new Set(missing.split(','))] : []
    const { errorPage, unknownErrorPage } = await errorPages()
    const page = errorPage(request.params.code, operations, names)
    reply.headers(headers).type('text/html; charset=utf-8')
    return page === undefined ? reply.code(404).send(unknownErrorPage()) : reply.send(page)
  })
  app.get('/pages.css', async (_request, reply) =>
    reply
      .headers(headers)
      .type('text/css; charset=utf-8')
      .send((await errorPages()).pagesCss),
  )
  serveApiReference(app, all)
}
