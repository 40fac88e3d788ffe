import fastify from 'fastify'
import { expect, test } from 'vitest'
import { registerPages } from './pages.ts'

test.each(['/errors/Nonsense', '/pages.css'])('%s loads nothing but its own style, and runs nothing', async (url) => {
  const app = fastify()
  await registerPages(app, [])
  const { headers } = await app.inject({ url })
  expect(headers).toMatchObject({
    'content-security-policy': "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
  await app.close()
})
