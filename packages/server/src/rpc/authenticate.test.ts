import { describe, expect, test } from 'vitest'
import { credentialOf, doorOptions, key, now, sessionKey, sourceOf } from './testing/door.suite.ts'
import { answer, type Given, host, minute, v1, v1Request, v3Request, withCredential } from './testing/requests.suite.ts'
import { type ClientKey, signV1, timestampOf } from './testing/signing-client.suite.ts'
import type { WireRequest } from './wire-request.ts'

describe('a session', () => {
  test('is accepted with its token, in V1 and in V3', async () => {
    expect(await v1({}, sessionKey)).toEqual({})
    expect(await answer(v3Request({}, sessionKey))).toEqual({})
  })

  test.each([
    [undefined, 'MissingSecurityToken'],
    ['', 'MissingSecurityToken'],
    ['another', 'InvalidSecurityToken.MismatchWithAccessKey'],
    ['new\nline', 'InvalidSecurityToken.Malformed'],
    ['x'.repeat(9000), 'InvalidSecurityToken.Malformed'],
  ])('with the token %j is %s', async (token, code) => {
    expect(await v1({ SecurityToken: token }, sessionKey)).toMatchObject({ code })
  })

  test('is over when it has expired', async () => {
    const options = withCredential({ expiresAt: now }, sessionKey)
    const request = v1Request(signV1(sessionKey, { Action: 'DescribeRegions' }, { now }))
    expect(await answer(request, options)).toMatchObject({ code: 'InvalidSecurityToken.Expired' })
    expect(await answer(request, withCredential({ expiresAt: now + 1 }, sessionKey))).toEqual({})
  })

  test('needs a token, but a key of an account has none', async () => {
    expect(await v1({ SecurityToken: 'some' })).toMatchObject({ code: 'InvalidSecurityToken.MismatchWithAccessKey' })
  })
})

test('a deactivated key is refused', async () => {
  const request = v1Request(signV1(key, { Action: 'DescribeRegions' }, { now }))
  expect(await answer(request, withCredential({ status: 'Inactive' }))).toMatchObject({
    code: 'InvalidAccessKeyId.Inactive',
  })
})

describe('after a restore', () => {
  /** What is put before the server: signed so many seconds before (or after) the fence, in V1 and in V3. */
  async function signedAt(seconds: number, signer: ClientKey): Promise<readonly (string | undefined)[]> {
    const fence = now - 60_000
    const date = timestampOf(fence + seconds * 1000)
    const options = doorOptions({ isFenced: (timestamp) => timestamp <= fence })
    const answers = [
      await answer(v1Request(signV1(signer, { Action: 'DescribeRegions', Timestamp: date }, { now })), options),
      await answer(v3Request({ headers: { 'x-acs-date': date } }, signer), options),
    ]
    return answers.map(({ code }) => code)
  }

  test.each([0, 1, 30, 5 * 60, 13 * 60])('what was signed %i s before it is expired, in V1 and in V3', async (age) => {
    const expired = ['InvalidTimeStamp.Expired', 'InvalidTimeStamp.Expired']
    expect(await signedAt(-age, key)).toEqual(expired)
    expect(await signedAt(-age, sessionKey)).toEqual(expired)
  })

  test.each([1, 60, 5 * 60])('what was signed %i s after it is accepted', async (later) => {
    expect(await signedAt(later, key)).toEqual([undefined, undefined])
    expect(await signedAt(later, sessionKey)).toEqual([undefined, undefined])
  })
})

describe('nobody', () => {
  const anonymous = { Action: 'DescribeRegions', Version: '2018-03-13' }

  test('is not served, however the action is named', async () => {
    expect(await answer(v1Request(anonymous))).toMatchObject({ code: 'MissingAccessKeyId' })
    const headers = { host, 'x-acs-action': 'DescribeRegions', 'x-acs-version': '2018-03-13' }
    expect(await answer({ ...v1Request({}), headers })).toMatchObject({ code: 'MissingAccessKeyId' })
    expect(await answer({ ...v1Request(anonymous), headers: { host, authorization: 'Basic eDp5' } })).toMatchObject({
      code: 'MissingAccessKeyId',
    })
  })

  test('is who has a bearer token that nobody issued', async () => {
    const request = v1Request({ ...anonymous, SignatureType: 'BEARERTOKEN', BearerToken: 'x' })
    expect(await answer(request)).toMatchObject({ code: 'MissingAccessKeyId' })
  })

  test('is who has a bearer token no more', async () => {
    const { caller, rights } = credentialOf(key)
    const credentials = { ...sourceOf(), byBearerToken: async () => ({ caller, rights, expiresAt: now }) }
    const headers = { host, 'x-acs-bearer-token': 'x' }
    const request = { ...v1Request({ ...anonymous, SignatureType: 'BEARERTOKEN' }), headers }
    expect(await answer(request, doorOptions({ credentials }))).toMatchObject({ code: 'InvalidSecurityToken.Expired' })
  })
})

describe('the order of the checks', () => {
  /** Every line adds the next mistake in the order; the answer is always the one that comes first. */
  const mistakes: readonly (readonly [code: string, given: Given])[] = [
    ['InvalidParameter.Format', { Format: 'YAML' }],
    ['MissingAction', { Action: '' }],
    ['MissingVersion', { Version: '' }],
    ['InvalidVersion', { Version: '1999-09-09' }],
    ['InvalidAction.NotFound', { Action: 'NoSuchThing' }],
    ['MissingAccessKeyId', { AccessKeyId: '' }],
    ['MissingSignatureMethod', { SignatureMethod: '' }],
    ['MissingTimestamp', { Timestamp: '' }],
    ['InvalidAccessKeyId.NotFound', { AccessKeyId: 'unknown' }],
    ['InvalidTimeStamp.Format', { Timestamp: 'yesterday' }],
    ['InvalidTimeStamp.Expired', { Timestamp: timestampOf(0) }],
    ['InvalidSignatureMethod', { SignatureMethod: 'HMAC-MD5' }],
    ['InvalidSignatureVersion', { SignatureVersion: '9' }],
    ['InvalidSecurityToken.MismatchWithAccessKey', { SecurityToken: 'some' }],
    ['SignatureDoesNotMatch', {}],
  ]

  test.each(mistakes.map(([code], index) => [code, mistakes.slice(index)] as const))(
    '%s comes before what follows it',
    async (code, present) => {
      // What stands earlier in the list wins over a later value for the same parameter.
      const given = Object.assign({}, ...present.map(([, mistake]) => mistake).reverse())
      expect(await v1(given, { ...key, secret: 'wrong' })).toMatchObject({ code })
    },
  )
})

describe('a nonce', () => {
  const request = (secret: string): WireRequest =>
    v1Request(signV1({ ...key, secret }, { Action: 'DescribeRegions', SignatureNonce: 'one' }, { now }))

  test('can be used once', async () => {
    const options = doorOptions()
    expect(await answer(request(key.secret), options)).toEqual({})
    expect(await answer(request(key.secret), options)).toEqual({
      code: 'SignatureNonceUsed',
      message: 'Specified signature nonce was used already.',
    })
  })

  test('is not used up by whoever cannot sign', async () => {
    const options = doorOptions()
    expect(await answer(request('guessed'), options)).toMatchObject({ code: 'SignatureDoesNotMatch' })
    expect(options.store.burnt).toEqual([])
    expect(await answer(request(key.secret), options)).toEqual({})
    expect(options.store.burnt).toEqual([{ accessKeyId: key.accessKeyId, nonce: 'one', expiresAt: now + 45 * minute }])
  })

  test('of another key is another nonce', async () => {
    const options = doorOptions()
    expect(await answer(request(key.secret), options)).toEqual({})
    const other = signV1(sessionKey, { Action: 'DescribeRegions', SignatureNonce: 'one' }, { now })
    expect(await answer(v1Request(other), options)).toEqual({})
  })
})
