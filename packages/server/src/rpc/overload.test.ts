import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { until } from '../../../../test/support/time.ts'
import type { FrontDoorOptions } from './options.ts'
import { apisOf, doorOptions, echo, key, now, openDoor } from './testing/door.suite.ts'
import { exchange, type RawResponse } from './testing/raw-http.suite.ts'
import { type ClientKey, signV1, urlencoded } from './testing/signing-client.suite.ts'

/** A door with room for two calls, whose operation ends when the test lets it. */
async function openNarrow(transaction: 'read' | 'device', calls?: FrontDoorOptions['calls']) {
  const waiting: (() => void)[] = []
  const run = (): Promise<Record<string, unknown>> => new Promise((done) => waiting.push(() => done({})))
  const operation = { ...echo('DescribeRegions'), transaction, run }
  const door = await openDoor(doorOptions({ apis: apisOf(operation), ...(calls && { calls }) }), { callsAtOnce: 2 })
  async function call(caller: ClientKey = key): Promise<RawResponse> {
    const signed = urlencoded(signV1(caller, { Action: 'DescribeRegions' }, { method: 'POST', now }))
    const request = `POST /?${signed} HTTP/1.1\r\nhost: sag.example:7240\r\n\r\n`
    const { responses } = await exchange(door.port, request, { answers: 1 })
    return responses[0] as RawResponse
  }
  return { door, waiting, call }
}

test('a call beyond what is worked on at once is told to come later, and there is room again when one is answered', async () => {
  const refused: string[] = []
  const calls = { began: () => {}, ended: () => {}, refused: (code: string) => void refused.push(code) }
  const { door, waiting, call } = await openNarrow('read', calls)
  const inside = [call(), call()]
  await until('both are worked on', () => waiting.length === 2)
  const { status, headers, body } = await call()
  expect([status, JSON.parse(body).Code, headers['x-acs-retry-after']]).toEqual([400, 'Throttling', '1000'])
  expect(refused).toEqual(['Throttling'])
  // Nothing of it was looked at, and its nonce is not used up.
  expect(waiting).toHaveLength(2)
  expect(door.options.logged.join('')).toContain('further ones are refused')

  waiting[0]?.()
  expect((await Promise.race(inside)).status).toBe(200)
  const next = call()
  await until('it is worked on', () => waiting.length === 3)
  for (const answer of waiting) answer()
  expect((await next).status).toBe(200)
  await Promise.all(inside)
  await door.close()
})

test('calls that wait for gateways take no room from others', async () => {
  const { door, waiting, call } = await openNarrow('device')
  const inside = [call(), call(), call(), call()]
  await until('all wait', () => waiting.length === 4)
  for (const answer of waiting) answer()
  expect((await Promise.all(inside)).map(({ status }) => status)).toEqual([200, 200, 200, 200])
  await door.close()
})

test('a refused call gives its place back too', async () => {
  const { door, call } = await openNarrow('read')
  for (let calls = 0; calls < 5; calls++) {
    expect(JSON.parse((await call({ ...key, accessKeyId: 'LTAI5tNobody' })).body).Code).toBe(
      'InvalidAccessKeyId.NotFound',
    )
  }
  await door.close()
})

test('what a call brought that found no room is wiped: it may be a password', async () => {
  const { door, waiting, call } = await openNarrow('read')
  const inside = [call(), call()]
  await until('both are worked on', () => waiting.length === 2)
  const pieces: Buffer[] = []
  door.app.server.prependOnceListener('request', (request: IncomingMessage) =>
    request.on('data', (piece: Buffer) => pieces.push(piece)),
  )
  const body = 'Password=In_the_open1'
  const form = `content-type: application/x-www-form-urlencoded\r\ncontent-length: ${body.length}`
  const request = `POST / HTTP/1.1\r\nhost: sag.example:7240\r\n${form}\r\n\r\n${body}`
  const { responses } = await exchange(door.port, request, { answers: 1 })
  expect(JSON.parse(responses[0]?.body ?? '').Code).toBe('Throttling')
  expect(Buffer.concat(pieces)).toEqual(Buffer.alloc(body.length))
  for (const answer of waiting) answer()
  await Promise.all(inside)
  await door.close()
})
