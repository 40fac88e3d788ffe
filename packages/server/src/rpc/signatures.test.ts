import { describe, expect, test } from 'vitest'
import { doorOptions, key, now, sessionKey } from './testing/door.suite.ts'
import { answer, host, minute, v1, v1Request, v3Request } from './testing/requests.suite.ts'
import { signV1, stringToSign, timestampOf } from './testing/signing-client.suite.ts'
import type { WireRequest } from './wire-request.ts'

describe('signature V1', () => {
  test('is accepted when it is right', async () => {
    expect(await v1({ Name: '中 *~+' })).toEqual({})
    expect(await v1({ SignatureType: '' })).toEqual({})
  })

  test.each([
    ['Action', 'MissingAction'],
    ['Version', 'MissingVersion'],
    ['AccessKeyId', 'MissingAccessKeyId'],
    ['SignatureMethod', 'MissingSignatureMethod'],
    ['SignatureVersion', 'MissingSignatureVersion'],
    ['SignatureNonce', 'MissingSignatureNonce'],
    ['Timestamp', 'MissingTimestamp'],
  ])('without %s, or with an empty one, is %s', async (name, code) => {
    expect(await v1({ [name]: undefined })).toEqual({ code, message: `${name} is mandatory for this action.` })
    expect(await v1({ [name]: '' })).toMatchObject({ code })
  })

  test('without its signature is MissingSignature', async () => {
    const { Signature: _, ...params } = signV1(key, { Action: 'DescribeRegions' }, { now })
    expect(await answer(v1Request(params))).toMatchObject({ code: 'MissingSignature' })
  })

  test.each([
    [{ SignatureMethod: 'HMAC-SHA256' }, 'InvalidSignatureMethod'],
    [{ SignatureMethod: 'hmac-sha1' }, 'InvalidSignatureMethod'],
    [{ SignatureVersion: '2.0' }, 'InvalidSignatureVersion'],
    [{ SignatureType: 'PRIVATEKEY' }, 'InvalidSignatureType'],
    [{ Version: '2019-01-01' }, 'InvalidVersion'],
    [{ Action: 'NoSuchThing' }, 'InvalidAction.NotFound'],
    [{ Action: 'describeRegions' }, 'InvalidAction.NotFound'],
    [{ AccessKeyId: 'LTAI5tUnknown' }, 'InvalidAccessKeyId.NotFound'],
    [{ Timestamp: '2026-11-22T08:00:00.5Z' }, 'InvalidTimeStamp.Format'],
    [{ Timestamp: timestampOf(now - 15 * minute - 1000) }, 'InvalidTimeStamp.Expired'],
    [{ Timestamp: timestampOf(now + 15 * minute + 1000) }, 'InvalidTimeStamp.Expired'],
    [{ Format: 'YAML' }, 'InvalidParameter.Format'],
  ])('with %j is %s', async (given, code) => {
    expect(await v1(given)).toMatchObject({ code })
  })

  test('may be fifteen minutes old, or young', async () => {
    expect(await v1({ Timestamp: timestampOf(now - 15 * minute) })).toEqual({})
    expect(await v1({ Timestamp: timestampOf(now + 15 * minute) })).toEqual({})
  })

  test('with a wrong secret is shown the string to sign after the only colon', async () => {
    const params = signV1({ ...key, secret: 'wrong' }, { Action: 'DescribeRegions', Name: '中: *' }, { now })
    const { Signature: _, ...signed } = params
    const { code, message } = await answer(v1Request(params))
    expect(code).toBe('SignatureDoesNotMatch')
    const prefix = 'Specified signature is not matched with our calculation. server string to sign is:'
    expect(message).toBe(`${prefix}${stringToSign('POST', signed)}`)
    expect(message?.split(':')).toHaveLength(2)
  })

  test('names its action in a parameter: a header, which is not signed, cannot', async () => {
    const request = v1Request(signV1(key, {}, { now }))
    const headers = { ...request.headers, 'x-acs-action': 'DescribeRegions' }
    expect(await answer({ ...request, headers })).toMatchObject({ code: 'MissingAction' })
  })
})

describe('signature V3', () => {
  test('is accepted when it is right', async () => {
    expect(await answer(v3Request({ query: { Name: '中 *~+', Empty: '' } }))).toEqual({})
    expect(await answer(v3Request({ method: 'GET' }))).toEqual({})
  })

  test('tolerates a space after commas, and a missing list of signed headers', async () => {
    const request = v3Request({})
    const authorization = request.headers.authorization ?? ''
    const spaced = authorization.replaceAll(',', ', ')
    expect(await answer({ ...request, headers: { ...request.headers, authorization: spaced } })).toEqual({})
    const unlisted = authorization.replace(/SignedHeaders=[^,]*,/, '')
    expect(await answer({ ...request, headers: { ...request.headers, authorization: unlisted } })).toEqual({})
  })

  test.each([
    ['x-acs-action', 'MissingAction'],
    ['x-acs-version', 'MissingVersion'],
    ['x-acs-date', 'MissingTimestamp'],
    ['x-acs-signature-nonce', 'MissingSignatureNonce'],
  ])('without %s is %s', async (name, code) => {
    expect(await answer(v3Request({ headers: { [name]: undefined } }))).toMatchObject({ code })
  })

  test.each(['x-acs-action', 'x-acs-version', 'x-acs-date', 'x-acs-signature-nonce'])(
    'that does not cover %s is incomplete',
    async (name) => {
      expect(await answer(v3Request({ unsigned: [name] }))).toMatchObject({ code: 'IncompleteSignature' })
    },
  )

  test('of a session that does not cover its token is incomplete', async () => {
    const unsigned = ['x-acs-security-token']
    expect(await answer(v3Request({ unsigned }, sessionKey))).toMatchObject({ code: 'IncompleteSignature' })
  })

  test('that does not cover the type which makes parameters of its body is incomplete', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const unsigned = ['content-type']
    expect(await answer(v3Request({ body: 'A=1', headers, unsigned }))).toMatchObject({ code: 'IncompleteSignature' })
    expect(await answer(v3Request({ headers, unsigned }))).toEqual({})
  })

  test.each([
    'ACS3-HMAC-SHA256',
    'ACS3-HMAC-SHA256 ',
    'ACS3-HMAC-SHA256 Credential=a',
    'ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host,Signature=',
    'ACS3-HMAC-SHA256 Credential=a,Credential=b,Signature=c',
    'ACS3-HMAC-SHA256 Credential=a,SignedHeaders=Host,Signature=c',
    'ACS3-HMAC-SHA256 Credential=a,Other=b,Signature=c',
  ])('%j is incomplete', async (authorization) => {
    const request = v3Request({})
    expect(await answer({ ...request, headers: { ...request.headers, authorization } })).toMatchObject({
      code: 'IncompleteSignature',
    })
  })

  test('of an unknown kind, or of a kind that is not for this key, is InvalidSignatureMethod', async () => {
    const request = v3Request({})
    for (const algorithm of ['ACS3-HMAC-MD5', 'ACS3-RSA-SHA256']) {
      const authorization = (request.headers.authorization ?? '').replace('ACS3-HMAC-SHA256', algorithm)
      expect(await answer({ ...request, headers: { ...request.headers, authorization } })).toMatchObject({
        code: 'InvalidSignatureMethod',
      })
    }
  })

  test('without a key id is MissingAccessKeyId, with an unknown one InvalidAccessKeyId.NotFound', async () => {
    expect(await answer(v3Request({}, { ...key, accessKeyId: '' }))).toMatchObject({ code: 'MissingAccessKeyId' })
    expect(await answer(v3Request({}, { ...key, accessKeyId: 'x' }))).toMatchObject({
      code: 'InvalidAccessKeyId.NotFound',
    })
  })

  test('with a fraction of a second in its date is InvalidTimeStamp.Format', async () => {
    const date = new Date(now).toISOString()
    expect(await answer(v3Request({ headers: { 'x-acs-date': date } }))).toMatchObject({
      code: 'InvalidTimeStamp.Format',
    })
  })

  test('with a hash that is not that of the body does not match', async () => {
    const lie = { 'x-acs-content-sha256': '0'.repeat(64) }
    expect(await answer(v3Request({ body: 'A=1', headers: lie }))).toMatchObject({ code: 'SignatureDoesNotMatch' })
  })

  test('with a wrong secret is shown the string to sign and the canonical request', async () => {
    const { code, message } = await answer(v3Request({ query: { Name: 'x y' } }, { ...key, secret: 'wrong' }))
    expect(code).toBe('SignatureDoesNotMatch')
    expect(message).toMatch(
      /^Specified signature does not match our calculation\. server StringToSign is \[ACS3-HMAC-SHA256\n[0-9a-f]{64}\] server CanonicalRequest is \[POST\n\/\nName=x%20y\nhost:sag\.example:7240\n/,
    )
  })

  test('joins several values of a header, sorted, with a bare comma', async () => {
    const request = v3Request({ headers: { 'x-acs-many': 'a,b' } })
    const arrived = { ...request.headers, 'x-acs-many': 'b, a' }
    const distinct = (): NodeJS.Dict<string[]> => ({ 'x-acs-many': ['b', 'a'] })
    expect(await answer({ ...request, headers: arrived, distinct })).toEqual({})
  })

  test('covers the host the client called, where a trusted proxy says which', async () => {
    const request = v3Request({})
    const headers = { ...request.headers, host: 'inside:80', 'x-forwarded-host': host }
    expect(await answer({ ...request, headers })).toMatchObject({ code: 'SignatureDoesNotMatch' })
    const originalHost = (given: WireRequest['headers']): string | undefined => given['x-forwarded-host'] as string
    expect(await answer({ ...request, headers }, doorOptions({ originalHost }))).toEqual({})
  })

  test('does not accept two spellings of one canonical text', async () => {
    // Signed raw, these two parameters read the same as one whose name holds the rest.
    const request = v3Request({ query: { a: '1', b: '2' } })
    expect(await answer(request)).toEqual({})
    expect(await answer({ ...request, target: '/?a%3D1%26b=2' })).toMatchObject({ code: 'SignatureDoesNotMatch' })
  })
})
