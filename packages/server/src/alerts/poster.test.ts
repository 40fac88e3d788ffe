import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { limit } from '../../../../test/support/time.ts'
import { createDestinations } from './destinations.ts'
import { createPoster, NotPosted, type PosterOptions } from './poster.ts'

let server: Server | undefined
afterEach(async () => {
  server?.closeAllConnections()
  await new Promise((closed) => (server ? server.close(closed) : closed(undefined)))
  server = undefined
})

interface Asked {
  readonly url: string | undefined
  readonly host: string | undefined
  readonly body: string
}

async function receiver(answer: (response: ServerResponse) => void): Promise<{ port: number; asked: Asked[] }> {
  const asked: Asked[] = []
  server = createServer(async (request: IncomingMessage, response) => {
    let body = ''
    for await (const part of request) body += part
    asked.push({ url: request.url, host: request.headers.host, body })
    answer(response)
  })
  await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening))
  return { port: (server.address() as AddressInfo).port, asked }
}

const sandbox = createDestinations([], true)
const poster = (more: Partial<PosterOptions> = {}) =>
  createPoster({ destinations: sandbox, resolve: async () => ['127.0.0.1'], timeoutMs: limit(20_000), ...more })
const to = (url: string, body = '{}') => ({ url: new URL(url), headers: { 'content-type': 'application/json' }, body })

async function failure(posting: Promise<unknown>): Promise<string> {
  const error = await posting.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof NotPosted)) throw new Error('It was posted.', { cause: error })
  return error.message
}

test('what is posted arrives, under the name it was sent to', async () => {
  const { port, asked } = await receiver((response) => response.end('ok'))
  const answer = await poster()(to(`http://receiver.example:${port}/hook?x=1`, '{"a":"中"}'))
  expect(answer).toEqual({ status: 200, body: 'ok' })
  expect(asked).toEqual([{ url: '/hook?x=1', host: `receiver.example:${port}`, body: '{"a":"中"}' }])
})

test.each([
  ['a name that leads to a private address', ['10.0.0.1']],
  ['one that leads to the metadata service', ['169.254.169.254']],
  ['one with a good address and another', ['127.0.0.1', '10.0.0.1']],
])('%s is not connected to', async (_, addresses) => {
  const { port, asked } = await receiver((response) => response.end())
  const post = poster({ resolve: async () => addresses })
  expect(await failure(post(to(`http://receiver.example:${port}/`)))).toBe('address not allowed')
  expect(asked).toEqual([])
})

test.each(['127.0.0.1', '0x7f.1', '2130706433', '[::1]', '[::ffff:127.0.0.1]', '10.0.0.1', '[fd00::1]'])(
  'a URL with the address %s is not connected to, where that is not allowed',
  async (host) => {
    const post = poster({ destinations: createDestinations([], false) })
    expect(await failure(post(to(`https://${host}/`)))).toBe('address not allowed')
  },
)

test('what is not for this machine does not go without TLS', async () => {
  const post = poster({ destinations: createDestinations([], false), resolve: async () => ['8.8.8.8'] })
  expect(await failure(post(to('http://receiver.example/')))).toBe('address not allowed')
})

test('a redirect is an answer and is not followed', async () => {
  const { port, asked } = await receiver((response) =>
    response.writeHead(302, { location: `http://127.0.0.1:${port}/elsewhere` }).end(),
  )
  expect((await poster()(to(`http://receiver.example:${port}/`))).status).toBe(302)
  expect(asked).toHaveLength(1)
})

test('an answer that does not end is not read for ever', async () => {
  const { port } = await receiver((response) => void response.end('x'.repeat(20_000)))
  expect(await failure(poster()(to(`http://receiver.example:${port}/`)))).toBe('answer too long')
})

test('a receiver that says nothing, and a name that is not answered, take no longer than is allowed', async () => {
  const { port } = await receiver(() => {})
  expect(await failure(poster({ timeoutMs: 50 })(to(`http://receiver.example:${port}/`)))).toBe('no answer in time')
  const never = new Promise<never>(() => {})
  const post = poster({ timeoutMs: 50, resolve: () => never })
  expect(await failure(post(to('http://receiver.example/')))).toBe('no answer in time')
})

test('a name that does not exist, and a port nobody listens at, are told apart', async () => {
  const missing = poster({ resolve: () => Promise.reject(new Error('ENOTFOUND')) })
  expect(await failure(missing(to('https://receiver.example/')))).toBe('name not found')
  const { port } = await receiver((response) => response.end())
  await new Promise((closed) => server?.close(closed))
  server = undefined
  expect(await failure(poster()(to(`http://receiver.example:${port}/`)))).toBe('connection refused')
})
