import fastify from 'fastify'
import { expect, test } from 'vitest'
import { apis } from '../apis/registry.ts'
import { codesOf } from '../reference/error-meanings.ts'
import { registerPages } from './pages.ts'

test.each(['/errors', '/errors/', '/errors/Nonsense', '/pages.css'])(
  '%s loads nothing but its own style, and runs nothing',
  async (url) => {
    const app = fastify()
    await registerPages(app, [])
    const { headers } = await app.inject({ url })
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    await app.close()
  },
)

test.each(['/errors', '/errors/'])(
  '%s leads to the page of every code, and each of these pages is there',
  async (url) => {
    const app = fastify()
    await registerPages(app, apis.values())
    const { body, statusCode } = await app.inject({ url })
    expect(statusCode).toBe(200)
    const links = [...body.matchAll(/<a href="(\/errors\/[^"]+)">/g)].map(([, link]) => link ?? '')
    const operations = [...apis.values()].flatMap((api) => [...api.operations.values()])
    const codes = codesOf(operations).filter((code) => !code.includes('{'))
    expect(links).toEqual(codes.map((code) => `/errors/${encodeURIComponent(code)}`))
    for (const link of links) {
      const page = await app.inject({ url: link })
      expect([link, page.statusCode, linksToIndex(page.body)]).toEqual([link, 200, true])
    }
    await app.close()
  },
)

const linksToIndex = (page: string): boolean => page.includes('<a href="/errors">')

test('the page of a code that is none leads to all codes', async () => {
  const app = fastify()
  await registerPages(app, [])
  const page = await app.inject({ url: '/errors/Nonsense' })
  expect([page.statusCode, linksToIndex(page.body)]).toEqual([404, true])
  await app.close()
})

test('the page of all codes has the messages in both languages', async () => {
  const app = fastify()
  await registerPages(app, apis.values())
  const { body } = await app.inject({ url: '/errors' })
  const [row] = body.split('\n').filter((line) => line.includes('/errors/InternalError"'))
  expect(row).toMatch(/<td>400, 403, 500<\/td><td lang="en">[^<]+.*<td lang="zh">[^<]*\p{Script=Han}/u)
  await app.close()
})

test.each(['/errors', '/errors/'])('HEAD %s has the headers of the page and no body', async (url) => {
  const app = fastify()
  await registerPages(app, [])
  const [got, head] = [await app.inject({ url }), await app.inject({ url, method: 'HEAD' })]
  const { date: _got, ...expected } = got.headers
  const { date: _head, ...headers } = head.headers
  expect([head.statusCode, head.body, headers]).toEqual([200, '', expected])
  await app.close()
})
