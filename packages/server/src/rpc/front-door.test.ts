import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { XMLParser } from 'fast-xml-parser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../../../../test/support/time.ts'
import { apisOf, type Door, doorOptions, echo, key, now, openDoor } from './testing/door.suite.ts'
import { exchange, type RawResponse } from './testing/raw-http.suite.ts'
import { signV1, urlencoded } from './testing/signing-client.suite.ts'

const form = 'application/x-www-form-urlencoded'

let door: Door
const regions = echo('DescribeRegions')

beforeAll(async () => {
  const options = doorOptions({ apis: apisOf(regions) })
  door = await openDoor(options, { bodySize: 2000, querySize: 3000, headerSize: 8000, parameterCount: 50 })
})
afterAll(() => door.close())

function signed(given: Readonly<Record<string, string>> = {}, method = 'POST'): string {
  return urlencoded(signV1(key, { Action: 'DescribeRegions', ...given }, { method, now }))
}

interface Given {
  readonly method?: string
  readonly target?: string
  readonly headers?: readonly string[]
  readonly body?: string
}

async function send({ method = 'POST', target = '/', headers = [], body = '' }: Given): Promise<RawResponse> {
  const length =
    body === '' || headers.some((line) => /^transfer-encoding/i.test(line)) ? [] : [`content-length: ${body.length}`]
  const head = [`${method} ${target} HTTP/1.1`, 'host: sag.example:7240', ...headers, ...length, '', '']
  const { responses } = await exchange(door.port, `${head.join('\r\n')}${body}`, { answers: 1 })
  return responses[0] ?? { status: 0, headers: {}, body: '' }
}

/** Checks everything an error has in common, and gives its code. */
function codeOf({ status, headers, body }: RawResponse): string {
  const error = headers['content-type'] === 'text/xml;charset=utf-8' ? parsedXml(body) : JSON.parse(body)
  if (headers['content-type'] !== 'text/xml;charset=utf-8') {
    expect(headers['content-type']).toBe('application/json;charset=utf-8')
  }
  expect(status).toBeGreaterThanOrEqual(400)
  expect(error).toEqual({
    RequestId: headers['x-acs-request-id'],
    HostId: 'sag.example',
    Code: expect.any(String),
    Message: expect.stringMatching(/./),
    Recommend: `http://sag.example:7240/errors/${error.Code}`,
  })
  return error.Code
}

const parsedXml = (body: string): Record<string, string> => new XMLParser({ parseTagValue: false }).parse(body).Error

describe('every form of a request is accepted', () => {
  const chunked = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`
  test.each<[string, () => Given]>([
    ['GET', () => ({ method: 'GET', target: `/?${signed({}, 'GET')}` })],
    [
      'GET with a form type and no body',
      () => ({ method: 'GET', target: `/?${signed({}, 'GET')}`, headers: [`content-type: ${form}`] }),
    ],
    ['POST with a query and a length of 0', () => ({ target: `/?${signed()}`, headers: ['content-length: 0'] })],
    ['POST with a query and no length', () => ({ target: `/?${signed()}` })],
    [
      'POST with a query and a form type',
      () => ({ target: `/?${signed()}`, headers: [`content-type: ${form}`, 'content-length: 0'] }),
    ],
    ['POST with a form', () => ({ headers: [`content-type: ${form}`], body: signed() })],
    [
      'POST with a form in chunks',
      () => ({ headers: [`content-type: ${form}`, 'transfer-encoding: chunked'], body: chunked(signed()) }),
    ],
    [
      'POST with an empty body in chunks',
      () => ({ target: `/?${signed()}`, headers: ['transfer-encoding: chunked'], body: '0\r\n\r\n' }),
    ],
    ['POST with bytes of no type', () => ({ target: `/?${signed()}`, body: 'raw bytes' })],
    ['an absolute target, as through a proxy', () => ({ target: `http://sag.example:7240/?${signed()}` })],
    ['an expectation', () => ({ target: `/?${signed()}`, headers: ['expect: something-else'] })],
  ])('%s', async (_, given) => {
    const response = await send(given())
    expect(response).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'application/json;charset=utf-8',
        'x-acs-request-id': expect.stringMatching(/^[0-9A-F-]{36}$/),
        'access-control-allow-origin': '*',
      },
    })
    expect(JSON.parse(response.body)).toEqual({ RequestId: response.headers['x-acs-request-id'] })
  })

  test('POST with half of the parameters in the query and half in a form', async () => {
    const pairs = signed({ Name: 'a b' }).split('&')
    const target = `/?${pairs.slice(0, 4).join('&')}`
    const response = await send({ target, headers: [`content-type: ${form}`], body: pairs.slice(4).join('&') })
    expect(response.status).toBe(200)
    expect(regions.seen.at(-1)?.get('Name')).toBe('a b')
  })

  test('POST with a JSON object, whose members are signed', async () => {
    const params = signV1(key, { Action: 'DescribeRegions', 'Ids.1': 'a', 'Ids.2': 'b' }, { now })
    const { 'Ids.1': _, 'Ids.2': __, ...query } = params
    const given = { target: `/?${urlencoded(query)}`, headers: ['content-type: application/json'] }
    expect((await send({ ...given, body: '{"Ids":["a","b"]}' })).status).toBe(200)
    expect(codeOf(await send({ ...given, body: '{"Ids":["a","c"]}' }))).toBe('SignatureDoesNotMatch')
  })

  test('Format decides how the answer is written', async () => {
    for (const format of ['XML', 'xml', 'Xml']) {
      const { status, headers, body } = await send({ target: `/?${signed({ Format: format })}` })
      expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'text/xml;charset=utf-8' })
      expect(body).toContain('<DescribeRegionsResponse><RequestId>')
    }
  })
})

describe('every error has its status and body', () => {
  const errors: readonly (readonly [status: number, code: string, given: () => Given])[] = [
    [400, 'UnsupportedHTTPMethod', () => ({ method: 'PUT', target: `/?${signed({}, 'PUT')}` })],
    [400, 'UnsupportedHTTPMethod', () => ({ method: 'DELETE' })],
    [400, 'UnsupportedHTTPMethod', () => ({ method: 'PROPFIND' })],
    [404, 'InvalidAction.NotFound', () => ({ target: '/other' })],
    [404, 'InvalidAction.NotFound', () => ({ target: '/%zz' })],
    [404, 'InvalidAction.NotFound', () => ({ target: '//' })],
    [
      404,
      'InvalidAction.NotFound',
      () => ({ target: '/other', headers: ['content-type: application/json'], body: '{' }),
    ],
    [400, 'InvalidRequest', () => ({ target: `/?${signed()}`, headers: ['content-type: ;;'], body: 'bytes' })],
    [400, 'InvalidRequest', () => ({ target: '/other', headers: ['content-type: ;;'], body: 'bytes' })],
    [400, 'InvalidParameter.Encoding', () => ({ target: '/?A=%zz' })],
    [400, 'InvalidParameter.Body', () => ({ headers: ['content-type: application/json'], body: '{' })],
    [400, 'InvalidParameter.Duplicate', () => ({ target: '/?A=1&A=2' })],
    [
      400,
      'InvalidParameter.TooMany',
      () => ({ target: `/?${Array.from({ length: 51 }, (_, at) => `A${at}`).join('&')}` }),
    ],
    [413, 'RequestBodyTooLarge', () => ({ body: 'x'.repeat(2001) })],
    [
      413,
      'RequestBodyTooLarge',
      () => ({ headers: ['transfer-encoding: chunked'], body: `${'fa0\r\n'}${'x'.repeat(4000)}\r\n0\r\n\r\n` }),
    ],
    [414, 'RequestQueryTooLong', () => ({ target: `/?A=${'x'.repeat(3000)}` })],
    [400, 'InvalidParameter.Format', () => ({ target: '/?Format=YAML' })],
    [400, 'MissingAction', () => ({ target: '/' })],
    [400, 'MissingVersion', () => ({ target: '/?Action=DescribeRegions' })],
    [400, 'InvalidVersion', () => ({ target: '/?Action=DescribeRegions&Version=1' })],
    [404, 'InvalidAction.NotFound', () => ({ target: '/?Action=No&Version=2018-03-13' })],
    [400, 'MissingAccessKeyId', () => ({ target: '/?Action=DescribeRegions&Version=2018-03-13' })],
    [404, 'InvalidAccessKeyId.NotFound', () => ({ target: `/?${signed({ AccessKeyId: 'unknown' })}` })],
    [400, 'SignatureDoesNotMatch', () => ({ target: `/?${signed()}&More=1` })],
  ]

  test.each(errors)('%i %s', async (status, code, given) => {
    const response = await send(given())
    expect(codeOf(response)).toBe(code)
    expect(response.status).toBe(status)
  })

  test.each([
    ['MissingAction', () => '/?Format=xml'],
    ['InvalidAccessKeyId.NotFound', () => `/?${signed({ AccessKeyId: 'unknown', Format: 'XML' })}`],
    ['SignatureDoesNotMatch', () => `/?${signed({ Format: 'XML' })}&More=1`],
  ])('%s in XML when that was asked for', async (code, target) => {
    const response = await send({ target: target() })
    expect(response.headers['content-type']).toBe('text/xml;charset=utf-8')
    expect(codeOf(response)).toBe(code)
  })

  test('a request without a host is told so', async () => {
    const { responses } = await exchange(door.port, 'GET / HTTP/1.1\r\n\r\n', { answers: 1 })
    expect(JSON.parse(responses[0]?.body ?? '')).toMatchObject({ Code: 'MissingHost', HostId: 'smartag.example' })
  })

  test('an answer to HEAD has no body, as HTTP wants it', async () => {
    const { responses } = await exchange(door.port, 'HEAD / HTTP/1.0\r\nhost: a\r\n\r\n')
    expect(responses).toEqual([])
  })
})

test('a connection serves on after a body that was too large', async () => {
  const tooLarge = `POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100000\r\n\r\n${'x'.repeat(100_000)}`
  const next = `POST /?${signed()} HTTP/1.1\r\nhost: a\r\n\r\n`
  const { responses } = await exchange(door.port, tooLarge + next, { answers: 2 })
  expect(responses.map(({ status }) => status)).toEqual([413, 200])
})

test('a body of just the allowed size is read, one byte more is not', async () => {
  const body = (size: number): string => `${signed()}&X=`.padEnd(size, 'x')
  for (const [size, code] of [
    [2000, 'SignatureDoesNotMatch'],
    [2001, 'RequestBodyTooLarge'],
  ] as const) {
    const response = await send({ headers: [`content-type: ${form}`], body: body(size) })
    expect(JSON.parse(response.body)).toMatchObject({ Code: code })
  }
})

test('the answer to what is no HTTP comes after that to the request before it', async () => {
  let finish = (): void => {}
  const run = (): Promise<Record<string, unknown>> => new Promise((resolve) => (finish = () => resolve({})))
  const slow = await openDoor(doorOptions({ apis: apisOf({ ...regions, run }) }))
  let broken = 0
  slow.app.server.on('clientError', () => broken++)
  async function* pieces(): AsyncGenerator<Buffer> {
    yield Buffer.from(`POST /?${signed()} HTTP/1.1\r\nhost: a\r\n\r\n`)
    yield Buffer.from('this is not HTTP\r\n\r\n')
    await until('it is seen to be none', () => broken === 1)
    // Whatever would overtake has overtaken by then.
    await new Promise((resolve) => setImmediate(resolve))
    finish()
  }
  const { responses } = await exchange(slow.port, '', { pieces: pieces() })
  expect(responses.map(({ status }) => status)).toEqual([200, 400])
  await slow.close()
})

test('a request that breaks off after it was answered gets no second answer', async () => {
  let answered = 0
  const count = (_request: unknown, response: { once(event: string, heard: () => void): unknown }) =>
    response.once('finish', () => answered++)
  door.app.server.on('request', count)
  async function* pieces(): AsyncGenerator<Buffer> {
    const chunk = 'x'.repeat(3000)
    yield Buffer.from('POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n')
    // Too large already, and not all.
    yield Buffer.from(`${chunk.length.toString(16)}\r\n${chunk}\r\n`)
    await until('it is answered', () => answered === 1)
    yield Buffer.from('this is no chunk\r\n')
  }
  const { responses, closed } = await exchange(door.port, '', { pieces: pieces() })
  door.app.server.off('request', count)
  expect(responses.map(({ status }) => status)).toEqual([413])
  expect(closed).toBe(true)
})

test.each(['GET', 'POST'])(
  'a fault of the server before a %s is read is answered as one, and logged',
  async (method) => {
    const admitSource = (): never => {
      throw new Error('out of order')
    }
    const faulty = await openDoor(doorOptions({ flow: { admitSource, admitUser: () => {}, admitAlertTest: () => {} } }))
    try {
      const request = `${method} /?${signed({}, method)} HTTP/1.1\r\nhost: sag.example:7240\r\n\r\n`
      const { responses } = await exchange(faulty.port, request, { answers: 1 })
      expect(responses.map(({ status, body }) => [status, JSON.parse(body).Code])).toEqual([[500, 'InternalError']])
      expect(faulty.options.logged.join('')).toContain('out of order')
    } finally {
      await faulty.close()
    }
  },
)

test('a browser may ask first whether it may call', async () => {
  const preflight = 'OPTIONS / HTTP/1.1\r\nhost: a\r\norigin: http://b\r\naccess-control-request-method: POST\r\n\r\n'
  const { responses } = await exchange(door.port, preflight, { answers: 1 })
  expect(responses).toMatchObject([
    {
      status: 204,
      headers: { 'access-control-allow-origin': '*', 'access-control-allow-methods': 'POST, GET, OPTIONS' },
    },
  ])
})

test('requests that arrive while the server closes are told to come back', async () => {
  let finish = (): void => {}
  const run = (): Promise<Record<string, unknown>> => new Promise((resolve) => (finish = () => resolve({})))
  const closing = await openDoor(doorOptions({ apis: apisOf({ ...regions, run }) }))
  const { server } = closing.app
  let arrived = 0
  server.on('request', () => arrived++)
  let closed: Promise<void> | undefined

  const request = (): Buffer => Buffer.from(`POST /?${signed()} HTTP/1.1\r\nhost: a\r\n\r\n`)
  async function* pieces(): AsyncGenerator<Buffer> {
    yield request()
    await until('it has arrived', () => arrived === 1)
    closed = closing.close()
    await until('nobody listens any more', () => !server.listening)
    yield request()
    await until('the other has arrived', () => arrived === 2)
    finish()
  }
  const { responses } = await exchange(closing.port, '', { pieces: pieces() })
  expect(responses.map(({ status }) => status)).toEqual([200, 503])
  expect(JSON.parse(responses[1]?.body ?? '')).toMatchObject({ Code: 'ServiceUnavailable' })
  await closed
})

test('connections beyond their bound are closed, and there is room again when one ends', async () => {
  const bounded = await openDoor(doorOptions(), { connections: 2 })
  const open = async (): Promise<Socket> => {
    const socket = connect(bounded.port, '127.0.0.1')
    socket.on('error', () => {})
    await once(socket, 'connect')
    return socket
  }
  try {
    const [first] = [await open(), await open()]
    const third = await open()
    await once(third, 'close')
    first.destroy()
    await until('it is gone', async () => {
      const connections = await new Promise<number>((resolve) =>
        bounded.app.server.getConnections((_, n) => resolve(n)),
      )
      return connections === 1
    })
    const request = `GET /?${signed({}, 'GET')} HTTP/1.1\r\nhost: sag.example:7240\r\n\r\n`
    expect((await exchange(bounded.port, request, { answers: 1 })).responses[0]?.status).toBe(200)
  } finally {
    bounded.app.server.closeAllConnections()
    await bounded.close()
  }
})
