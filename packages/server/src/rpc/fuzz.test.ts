import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { limit } from '../../../../test/support/time.ts'
import { gatewayErrors } from './gateway-errors.ts'
import type { Limits } from './limits.ts'
import { type Door, doorOptions, key, now, openDoor } from './testing/door.suite.ts'
import { exchange, type RawResponse } from './testing/raw-http.suite.ts'
import { signV1, urlencoded } from './testing/signing-client.suite.ts'

const form = 'application/x-www-form-urlencoded'
const limits: Partial<Limits> = {
  bodySize: 4096,
  querySize: 4096,
  headerSize: 8192,
  headersTimeout: limit(300),
  requestTimeout: limit(400),
  keepAliveTimeout: limit(200),
  checkInterval: 50,
  linger: limit(100),
}

let door: Door
beforeAll(async () => {
  door = await openDoor(doorOptions(), limits)
})
afterAll(() => door.close())

const signed = (): string => urlencoded(signV1(key, { Action: 'DescribeRegions' }, { now }))
const inQuery = (): string => `POST /?${signed()} HTTP/1.1\r\nhost: sag.example\r\n\r\n`
function inForm(): string {
  const body = signed()
  return `POST / HTTP/1.1\r\nhost: sag.example\r\ncontent-type: ${form}\r\ncontent-length: ${body.length}\r\n\r\n${body}`
}
function inChunks(): string {
  const body = signed()
  const chunks = [body.slice(0, 20), body.slice(20)].map((text) => `${text.length.toString(16)}\r\n${text}\r\n`)
  return `POST / HTTP/1.1\r\nhost: sag.example\r\ncontent-type: ${form}\r\ntransfer-encoding: chunked\r\n\r\n${chunks.join('')}0\r\n\r\n`
}

/** The code of an answer that may be given to anything: a success, or an error in its documented form. */
function documented({ status, headers, body }: RawResponse): string {
  expect(headers['content-type']).toMatch(/^(application\/json|text\/xml);charset=utf-8$/)
  expect(body).not.toMatch(/ at .*\.[jt]s:\d/)
  if (headers['content-type']?.startsWith('text/xml')) return 'in XML'
  const answer = JSON.parse(body)
  expect(answer.RequestId).toMatch(/^[0-9A-F-]{36}$/)
  if (status === 200) return 'success'
  const known = Object.keys(gatewayErrors).includes(answer.Code) || /^(Missing|Invalid)[A-Z]\w*$/.test(answer.Code)
  expect({ code: answer.Code, known }).toEqual({ code: answer.Code, known: true })
  return answer.Code
}

async function codesFor(bytes: Buffer | string, options = {}): Promise<readonly string[]> {
  const { responses } = await exchange(door.port, bytes, options)
  return responses.map(documented)
}

async function stillServes(): Promise<void> {
  expect(await codesFor(inQuery(), { answers: 1 })).toEqual(['success'])
}

describe('the same request, however its bytes arrive', () => {
  test('is accepted when it is split anywhere', async () => {
    const splits = fc.record({
      text: fc.constantFrom(inQuery, inForm, inChunks),
      cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 }),
    })
    const accepted = fc.asyncProperty(splits, async ({ text, cuts }) => {
      const bytes = Buffer.from(text())
      const at = [0, ...cuts.map((cut) => Math.floor(cut * bytes.length)), bytes.length].sort((a, b) => a - b)
      const pieces = at.slice(1).map((end, index) => bytes.subarray(at[index], end))
      expect(await codesFor('', { answers: 1, pieces: pieces.filter(({ length }) => length > 0) })).toEqual(['success'])
    })
    await fc.assert(accepted, { numRuns: 100 })
  })

  test('is answered once for each time it is sent in a row', async () => {
    const texts = fc.array(fc.constantFrom(inQuery, inForm, inChunks), { minLength: 1, maxLength: 8 })
    const answered = fc.asyncProperty(texts, async (all) => {
      const codes = await codesFor(all.map((text) => text()).join(''), { answers: all.length })
      expect(codes).toEqual(all.map(() => 'success'))
    })
    await fc.assert(answered, { numRuns: 50 })
  })
})

describe('what is no request', () => {
  test('gets a documented answer or none, whatever byte is wrong', async () => {
    const mutations = fc.record({
      text: fc.constantFrom(inQuery, inForm, inChunks),
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 4 }),
    })
    const harmless = fc.asyncProperty(mutations, async ({ text, at, bytes }) => {
      const request = Buffer.from(text())
      request.set(bytes.subarray(0, request.length), Math.floor(at * (request.length - bytes.length)))
      await codesFor(request, { answers: 1 })
    })
    await fc.assert(harmless, { numRuns: 300 })
    await stillServes()
  })

  test('gets a documented answer when it is garbage', async () => {
    const garbage = fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (bytes) => {
      await codesFor(Buffer.concat([Buffer.from(bytes), Buffer.from('\r\n\r\n')]), { answers: 1 })
    })
    await fc.assert(garbage, { numRuns: 100 })
    await stillServes()
  })

  test.each([
    ['an unknown method', 'FETCH / HTTP/1.1\r\nhost: a\r\n\r\n', 'InvalidRequest'],
    ['another protocol', '\x16\x03\x01\x02\x00\x01\x00', 'InvalidRequest'],
    ['an impossible length', 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n', 'InvalidRequest'],
    ['two lengths', 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx', 'InvalidRequest'],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\nx',
      'InvalidRequest',
    ],
    ['a chunk of no size', 'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n', 'InvalidRequest'],
    [
      'a chunk of an endless size',
      `POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n${'f'.repeat(40)}\r\n`,
      'InvalidRequest',
    ],
    ['a header that is none', 'GET / HTTP/1.1\r\nhost: a\r\nno colon\r\n\r\n', 'InvalidRequest'],
    ['too long a header', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(9000)}\r\n\r\n`, 'RequestHeaderTooLarge'],
    ['too long a request line', `GET /?${'y'.repeat(9000)} HTTP/1.1\r\nhost: a\r\n\r\n`, 'RequestHeaderTooLarge'],
    [
      'too long a chunk extension',
      `POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n1;${'y'.repeat(20_000)}\r\n`,
      'RequestBodyTooLarge',
    ],
  ])('with %s is told so and the connection ends', async (_, bytes, code) => {
    const { responses, closed } = await exchange(door.port, Buffer.from(bytes, 'latin1'))
    expect(responses.map(documented)).toEqual([code])
    expect(responses[0]?.headers.connection).toBe('close')
    expect(closed).toBe(true)
  })

  test('does not overtake the answers to the requests before it', async () => {
    const { responses, closed } = await exchange(door.port, `${inQuery()}${inForm()}GARBAGE\r\n\r\n`)
    expect(responses.map(documented)).toEqual(['success', 'success', 'InvalidRequest'])
    expect(closed).toBe(true)
  })

  test('is answered while the client is still sending', async () => {
    const endless = Array.from({ length: 50 }, () => Buffer.alloc(20_000, 'y'))
    const { responses } = await exchange(door.port, '', { pieces: [Buffer.from('GARBAGE\r\n'), ...endless] })
    expect(responses.map(documented)).toEqual(['InvalidRequest'])
  })
})

describe('a request that does not end', () => {
  test.each([
    ['in its headers', 'POST / HTTP/1.1\r\nhost: a\r\n'],
    ['in its body', 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nabc'],
    ['in its chunks', 'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n'],
  ])('%s is told so, and its connection ends', async (_, bytes) => {
    const { responses, closed } = await exchange(door.port, bytes)
    expect(responses.map(documented)).toEqual(['RequestTimeout'])
    expect(closed).toBe(true)
  })

  test('of which nothing ever came leaves no connection behind', async () => {
    expect(await exchange(door.port, '')).toMatchObject({ closed: true })
  })

  test('is answered for what is too large in it, and ends in time', async () => {
    const endless = `POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n2000\r\n${'x'.repeat(0x2000)}\r\n`
    const { responses, closed } = await exchange(door.port, endless)
    expect(responses.map(documented)).toEqual(['RequestBodyTooLarge'])
    expect(closed).toBe(true)
  })
})

test('parameters of any kind never cause more than a documented error', async () => {
  const wordOf = fc.string({ unit: 'binary', maxLength: 12 })
  const names = fc.oneof(
    wordOf,
    fc.constantFrom('Action', 'Version', 'Format', 'SignatureType', 'AccessKeyId', '__proto__'),
  )
  const params = fc.array(fc.tuple(names, fc.oneof(wordOf, fc.constantFrom('XML', 'BEARERTOKEN', '1.0'))), {
    maxLength: 12,
  })
  const documentedOnly = fc.asyncProperty(params, fc.boolean(), async (pairs, asJson) => {
    const type = asJson ? 'application/json' : form
    const body = asJson ? JSON.stringify(Object.fromEntries(pairs)) : new URLSearchParams(pairs).toString()
    const length = Buffer.byteLength(body)
    const head = `POST / HTTP/1.1\r\nhost: a\r\ncontent-type: ${type}\r\ncontent-length: ${length}\r\n\r\n`
    expect(await codesFor(`${head}${body}`, { answers: 1 })).toHaveLength(1)
  })
  await fc.assert(documentedOnly, { numRuns: 200 })
  expect(door.options.logged.filter((line) => line.includes('"level":50'))).toEqual([])
})

test('memory does not grow with the number of bad requests', async () => {
  const round = async (): Promise<number> => {
    for (let i = 0; i < 150; i++) {
      await exchange(door.port, `${inQuery()}GARBAGE\r\n\r\n`)
      await exchange(door.port, `POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9999\r\n\r\n${'x'.repeat(9999)}`, {
        answers: 1,
      })
    }
    return process.memoryUsage().heapUsed
  }
  const first = await round()
  for (let i = 0; i < 4; i++) await round()
  // Without a forced collection the heap moves by a factor all the time; a leak of every request would go on and on.
  expect((await round()) / first).toBeLessThan(3)
})
