import { createServer, type Server } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import type { Load } from '../../bench/src/load/generator.ts'
import { offer } from '../../bench/src/load/open-loop.ts'
import { ownGenerator } from '../../bench/src/load/own.ts'
import { post } from '../../bench/src/sign.ts'
import { limit } from '../support/time.ts'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

type Handler = (body: string, answer: (status: number, headers?: Readonly<Record<string, string>>) => void) => void

function serve(handle: Handler): Promise<number> {
  const made = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () =>
      handle(body, (status, headers = {}) => response.writeHead(status, { ...headers, 'content-length': 2 }).end('{}')),
    )
  })
  server = made
  return new Promise((resolve) => made.listen(0, '127.0.0.1', () => resolve((made.address() as { port: number }).port)))
}

const requests = (count: number): readonly Buffer[] =>
  Array.from({ length: count }, (_, turn) => post('any', `n=${turn}`))

const load = (port: number, more: Partial<Load>): Load => ({
  ...{ port, secure: false, connections: 4, seconds: 60, again: false, requests: requests(10) },
  ...more,
})

test(
  'each prepared request is sent once, and the round says that they ran out',
  async () => {
    const seen: string[] = []
    const port = await serve((body, answer) => {
      seen.push(body)
      answer(200)
    })
    const played = await ownGenerator.play(load(port, {}))
    expect(new Set(seen).size).toBe(10)
    expect(played).toMatchObject({ answers: 10, failures: 0, ranOut: true })
  },
  limit(20_000),
)

test(
  'what is answered otherwise than with success is counted',
  async () => {
    const port = await serve((body, answer) => answer(body.endsWith('3') ? 400 : 200))
    expect(await ownGenerator.play(load(port, {}))).toMatchObject({ answers: 10, failures: 1 })
  },
  limit(20_000),
)

test(
  'requests that may go again do so until the time is over',
  async () => {
    let count = 0
    const port = await serve((_body, answer) => {
      count++
      answer(200)
    })
    const played = await ownGenerator.play(load(port, { again: true, seconds: 0.3, requests: requests(2) }))
    expect(played).toMatchObject({ answers: count, ranOut: false })
  },
  limit(20_000),
)

const patient = { perSecond: 1000, patienceMs: limit(10_000) }

test(
  'arrivals do not wait for answers: a server that answers none before it has all of them gets them',
  async () => {
    const waiting: (() => void)[] = []
    const port = await serve((_body, answer) => {
      waiting.push(() => answer(200))
      if (waiting.length === 20) for (const go of waiting) go()
    })
    const { accepted, rejected, givenUp } = await offer({ ...patient, port, connections: 20, requests: requests(20) })
    expect([accepted.length, rejected.length, givenUp]).toEqual([20, 0, 0])
  },
  limit(30_000),
)

test(
  'arrivals are told apart by what becomes of them, and a connection that was closed is made anew',
  async () => {
    const port = await serve((body, answer) =>
      answer(Number(body.slice(2)) % 3 === 0 ? 503 : 200, { connection: 'close' }),
    )
    const { accepted, rejected, givenUp } = await offer({ ...patient, port, connections: 3, requests: requests(30) })
    expect([accepted.length, rejected.length, givenUp]).toEqual([20, 10, 0])
  },
  limit(30_000),
)

test(
  'who gets no answer gives up, waiting for a connection or for the server',
  async () => {
    const port = await serve((body, answer) => {
      if (body === 'n=0') answer(200)
    })
    const given = { port, connections: 2, perSecond: 1000, patienceMs: limit(100), requests: requests(6) }
    const { accepted, givenUp } = await offer(given)
    expect([accepted.length, givenUp]).toEqual([1, 5])
  },
  limit(30_000),
)
