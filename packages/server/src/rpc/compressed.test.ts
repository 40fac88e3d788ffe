import { request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../apis/operation.ts'
import { allOperations } from '../apis/registry.ts'
import { stringField } from '../declare/index.ts'
import { encodingFor } from './compressed.ts'
import { apisOf, type Door, doorOptions, echo, key, now, openDoor } from './testing/door.suite.ts'
import { signV1, urlencoded } from './testing/signing-client.suite.ts'

const long = 'branch-1 in cn-shanghai, '.repeat(1000)

/** An operation that answers with one text. */
function answering(name: string, text: string, more: Partial<Operation> = {}): Operation {
  return { ...echo(name), result: { Text: stringField }, run: async () => ({ Text: text }), ...more }
}

describe('an answer is sent', () => {
  let door: Door
  beforeAll(async () => {
    const compresses = { isCompressed: true } as const
    const operations = [
      answering('ListFleet', long, compresses),
      answering('ListFew', 'short', compresses),
      answering('GetSecret', long),
    ]
    door = await openDoor(doorOptions({ apis: apisOf(...operations) }))
  })
  afterAll(() => door.close())

  async function ask(action: string, accepts: string | undefined) {
    const body = urlencoded(signV1(key, { Action: action }, { method: 'POST', now }))
    return new Promise<{ encoding: string | undefined; length: number; bytes: Buffer }>((resolve, reject) => {
      const headers = {
        host: 'sag.example:7240',
        'content-type': 'application/x-www-form-urlencoded',
        ...(accepts === undefined ? {} : { 'accept-encoding': accepts }),
      }
      const call = request({ port: door.port, host: '127.0.0.1', method: 'POST', headers }, async (response) => {
        const parts: Buffer[] = []
        for await (const part of response) parts.push(part as Buffer)
        const length = Number(response.headers['content-length'])
        resolve({ encoding: response.headers['content-encoding'], length, bytes: Buffer.concat(parts) })
      })
      call.on('error', reject).end(body)
    })
  }

  const textOf = (bytes: Buffer): string => (JSON.parse(bytes.toString('utf8')) as { readonly Text: string }).Text

  test('as brotli or gzip to a client that takes it, in a tenth of the bytes', async () => {
    const br = await ask('ListFleet', 'gzip, deflate, br, zstd')
    expect([br.encoding, br.length]).toEqual(['br', br.bytes.length])
    expect(textOf(brotliDecompressSync(br.bytes))).toBe(long)
    const gzip = await ask('ListFleet', 'gzip')
    expect([gzip.encoding, textOf(gunzipSync(gzip.bytes))]).toEqual(['gzip', long])
    expect(Math.max(br.length, gzip.length)).toBeLessThan(long.length / 10)
  })

  test.each([
    ['to a client that takes neither', 'ListFleet', 'identity'],
    ['to one that says nothing', 'ListFleet', undefined],
    ['when it is small', 'ListFew', 'br'],
    ['of an operation that is not one of those that may be', 'GetSecret', 'br'],
    ['when it is a refusal', 'NoSuch', 'br'],
  ])('as it is %s', async (_, action, accepts) => {
    const { encoding, bytes } = await ask(action, accepts)
    expect(encoding).toBeUndefined()
    expect(JSON.parse(bytes.toString('utf8'))).toHaveProperty('RequestId')
  })
})

test.each([
  ['br;q=0, gzip', 'gzip'],
  ['BR', 'br'],
  ['gzip;q=0.0', undefined],
  ['*', undefined],
  ['', undefined],
])('Accept-Encoding “%s” takes %s', (accepts, encoding) => {
  expect(encodingFor(accepts)).toBe(encoding)
})

test('only the list of the fleet is compressed: in no other answer has it been looked for secrets', () => {
  expect(allOperations.filter(({ isCompressed }) => isCompressed).map(({ name }) => name)).toEqual(['ListFleet'])
})
