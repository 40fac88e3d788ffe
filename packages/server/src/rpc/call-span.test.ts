import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import type { RawParams } from '../declare/params.ts'
import { type Known, word } from '../tracing/known.ts'
import { type Recorded, type Recording, recording } from '../tracing/recording.suite.ts'
import type { Facts } from '../tracing/tracing.ts'
import { doorOptions, key, now, type TestOptions } from './testing/door.suite.ts'
import { answer, type Given, v1Request } from './testing/requests.suite.ts'
import { signV1 } from './testing/signing-client.suite.ts'

const region = 'cn-shanghai'

function traced(more: Partial<TestOptions> = {}): { readonly options: TestOptions; readonly recorded: Recording } {
  const recorded = recording()
  return { options: doorOptions({ tracing: recorded.tracing, ...more }), recorded }
}

/** The outermost span of one call. */
async function spanOf(given: Given, more: Partial<TestOptions> = {}, headers: object = {}): Promise<Recorded> {
  const { options, recorded } = traced(more)
  const request = v1Request(signV1(key, { Action: 'DescribeRegions', ...given }, { now }))
  await answer({ ...request, headers: { ...request.headers, ...headers } }, options)
  const [span] = recorded.spans
  if (span === undefined) throw new Error('There is no span.')
  expect(recorded.spans.every(({ ended }) => ended)).toBe(true)
  return span
}

test('a call that was done says what was called, by which account, and what was answered', async () => {
  expect(await spanOf({ RegionId: region })).toMatchObject({
    name: 'Smartag/DescribeRegions',
    kind: 'server',
    error: undefined,
    facts: {
      'rpc.system': 'alibaba_cloud_rpc',
      'rpc.service': 'Smartag',
      'rpc.method': 'DescribeRegions',
      'cloud.region': region,
      'opensag.account_id': '1234567890123456',
      'opensag.request_id': expect.stringMatching(/^[\dA-F-]{36}$/),
      'http.response.status_code': 200,
    },
  })
})

test('authentication is inside of it, and its failure is the code of both', async () => {
  const { options, recorded } = traced()
  await answer(v1Request({ ...signV1(key, { Action: 'DescribeRegions' }, { now }), Signature: 'wrong' }), options)
  expect(recorded.spans.map((span) => [recorded.path(span), span.error])).toEqual([
    ['Smartag/DescribeRegions', 'SignatureDoesNotMatch'],
    ['Smartag/DescribeRegions > authenticate', 'SignatureDoesNotMatch'],
  ])
  expect(recorded.spans[0]?.facts).not.toHaveProperty(['opensag.account_id'])
})

test('a call of what does not exist has no name but `call`, and the code', async () => {
  const { name, error, facts } = await spanOf({ Action: 'DropTables' })
  expect([name, error, facts['http.response.status_code']]).toEqual(['call', 'InvalidAction.NotFound', 404])
  expect(JSON.stringify(facts)).not.toContain('DropTables')
})

test('a defect is InternalError, and its message is nowhere', async () => {
  const broken = {
    authorise() {
      throw new Error('a secret')
    },
  }
  const span = await spanOf({}, broken)
  expect([span.error, span.facts['http.response.status_code']]).toEqual(['InternalError', 500])
  expect(JSON.stringify(span)).not.toContain('a secret')
})

test.each(['cn-nowhere', 'not a region', ''])('a region %j that does not exist is not repeated', async (RegionId) => {
  expect((await spanOf({ RegionId })).facts).not.toHaveProperty(['cloud.region'])
})

test('no parameter is in a span, whatever it is', async () => {
  const { options, recorded } = traced()
  const signed = signV1(key, { Action: 'DescribeRegions', Password: 'pass_word_1', SmartAGId: 'sag-mine' }, { now })
  await answer(v1Request(signed), options)
  const said = JSON.stringify(recorded.spans)
  const { Signature, SignatureNonce } = signed
  for (const text of ['pass_word_1', 'sag-mine', key.accessKeyId, Signature, SignatureNonce]) {
    expect(text).toBeTruthy()
    expect(said).not.toContain(text)
  }
})

test('a span takes neither a secret nor a text that came from outside', () => {
  const params: RawParams = new Map([['Password', 'pass_word_1']])
  // @ts-expect-error what is read from the parameters is only known to be some text
  const fact: Facts = { 'opensag.outcome': params.get('Password') ?? '' }
  // @ts-expect-error a secret is no text
  const secret: Facts = { 'opensag.outcome': Secret.of('pass_word_1') }
  // @ts-expect-error no such fact
  const other: Facts = { password: word('x') }
  const text: string = params.get('Password') ?? ''
  // @ts-expect-error not a word of the sources
  const name: Known = word(text)
  expect([fact, secret, other, name]).toHaveLength(4)
})
