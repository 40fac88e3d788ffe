import type { Secret } from '@opensag/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apis } from '../apis/registry.ts'
import { Refusal } from '../declare/errors.ts'
import { type Decoded, decode } from './decode.ts'
import { defaultLimits } from './limits.ts'
import { noSecrets, secretNames, secretNamesOf } from './secret-params.ts'
import { signV1, stringToSignV1 } from './signature-v1.ts'
import { credentialOf, key } from './testing/door.suite.ts'
import { signV1 as signAsClient, urlencoded } from './testing/signing-client.suite.ts'
import type { WireRequest } from './wire-request.ts'

const names = secretNames(new Set(['Password', 'NewPassword', 'Code', 'Number1', 'Number2']))

function request(body: string | Buffer, query = ''): WireRequest {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const rest = { method: 'POST', distinct: () => ({}), secure: false, source: undefined }
  return { ...rest, headers, target: `/?${query}`, body: Buffer.from(body) }
}

/** With the secrets as texts among the others; or the code. */
function read(given: WireRequest, secrets = names, limits = defaultLimits): Readonly<Record<string, string>> | string {
  try {
    const { params } = decode(given, limits, secrets)
    const hidden = [...(params.secrets ?? [])].map(([name, secret]) => [name, secret.reveal()] as const)
    for (const [name] of hidden) expect(params.has(name)).toBe(false)
    return Object.fromEntries([...params, ...hidden])
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

const encoded = (text: string): string => urlencoded({ a: text }).slice(2)
const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', ' ', '\u3000', 'Gateway_2024', 'a&b=c', '中文密码', '100%'),
)
const spelling = fc.constantFrom(
  encoded,
  (text: string) => encoded(text).replaceAll('%20', '+').toLowerCase(),
  // What is no encoding at all.
  (text: string) => `${encoded(text)}%`,
  (text: string) => `%g0${encoded(text)}`,
  (text: string) => `${encoded(text)}%0`,
  (text: string) => `${encoded(text)}%c3`,
  (text: string) => `%-1${encoded(text)}`,
  (text: string) => `% 1${encoded(text)}`,
)
const pair = fc
  .tuple(
    fc.constantFrom('Password', 'NewPassword', 'Code', 'OtherCode', 'Number2', 'Name', 'Pass%77ord', ''),
    value,
    spelling,
  )
  .map(([name, text, spell]) => `${name}=${spell(text)}`)
const form = fc
  .array(fc.oneof({ weight: 8, arbitrary: pair }, fc.constantFrom('', 'Password', 'Password=x=y', '=')), {
    maxLength: 6,
  })
  .map((pairs) => pairs.join('&'))

describe('secrets of a form', () => {
  test('are what the same parameters are that are not secret, or are refused alike', () => {
    fc.assert(
      fc.property(form, fc.constantFrom('', 'Password=', 'Password=Gateway_2024', 'Name=x'), (body, query) => {
        const plain = read(request(body, query), noSecrets)
        const secret = read(request(body, query))
        // Of two faults in one form, the other one may be answered.
        if (typeof plain === 'string') expect(typeof secret).toBe('string')
        else expect(secret).toEqual(plain)
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['Password=a%', 'InvalidParameter.Encoding'],
    ['Password=%ff', 'InvalidParameter.Encoding'],
    ['Password=a&Password=b', 'InvalidParameter.Duplicate'],
    ['Password=a&Password=', 'InvalidParameter.Duplicate'],
    ['Password=&Password=a', 'InvalidParameter.Duplicate'],
    [Buffer.from('Password=\xff', 'latin1'), 'InvalidParameter.Encoding'],
  ])('are refused as others are: %s', (body, code) => {
    expect(read(request(body))).toBe(code)
    expect(read(request(body), noSecrets)).toBe(code)
  })

  test.each(['', '+', '%E3%80%80'])('with nothing in it (%j) stays with the others: it is not given', (blank) => {
    const { params } = decode(request(`Password=${blank}&NewPassword=a`), defaultLimits, names)
    expect(params.get('Password')?.trim()).toBe('')
    expect([...(params.secrets ?? [])].map(([name]) => name)).toEqual(['NewPassword'])
  })

  test('count among the parameters', () => {
    const limits = { ...defaultLimits, parameterCount: 3 }
    expect(read(request('Password=a&A=1&B=2'), names, limits)).toEqual({ Password: 'a', A: '1', B: '2' })
    expect(read(request('Password=a&A=1&B=2&C=3'), names, limits)).toBe('InvalidParameter.TooMany')
    expect(read(request('Password=a&A=1&B=2', 'C=3'), names, limits)).toBe('InvalidParameter.TooMany')
    expect(read(request('Password=a&'.repeat(4)), names, limits)).toBe('InvalidParameter.TooMany')
  })

  test('are handed to their owner also when the form is refused after them', () => {
    const held = new Map<string, Secret>()
    expect(() => decode(request('Password=abc&NewPassword=%'), defaultLimits, names, held)).toThrow(Refusal)
    expect(held.get('Password')?.reveal()).toBe('abc')
  })

  test('are signed as texts are', () => {
    const { keys } = credentialOf(key)
    if (keys.kind !== 'secret') throw new Error('not of that kind')
    fc.assert(
      fc.property(value, (Password) => {
        const { Signature, ...signed } = signAsClient(key, { Password, Action: 'A', Name: '中' }, { now: 0 })
        const { params }: Decoded = decode(request(urlencoded(signed)), defaultLimits, names)
        expect(stringToSignV1('POST', params)).toBe(stringToSignV1('POST', new Map(Object.entries(signed))))
        expect(signV1(keys, 'POST', params)).toBe(Signature)
      }),
    )
  })
})

test('what is secret in one operation is secret in all: it is read by its name', () => {
  const { all, marks } = secretNamesOf(apis)
  // Few: each is looked for in every form.
  expect(marks.map(String)).toEqual(
    expect.arrayContaining(['Password=', 'Passwords=', 'AuthenticationCode', 'Md5Key=', 'Secret=', 'Url=']),
  )
  expect(marks).toHaveLength(6)
  expect([...all].sort()).toEqual([
    'AuthenticationCode1',
    'AuthenticationCode2',
    'Md5Key',
    'NewPassword',
    'OldPassword',
    'OwnPassword',
    'Password',
    'Passwords',
    'Secret',
    'Url',
  ])
  const operations = [...apis.values()].flatMap((api) => [...api.operations.values()])
  const open = operations.flatMap(({ name, params }) =>
    Object.keys(params).flatMap((param) =>
      all.has(param) && !params[param]?.state.isSecret ? [`${name}.${param}`] : [],
    ),
  )
  expect(open).toEqual([])
  const within = operations.flatMap(({ name, params }) =>
    Object.values(params).flatMap(({ state }) =>
      Object.values(state.members ?? {}).some((member) => member.state.isSecret) ? [name] : [],
    ),
  )
  // A list of secrets would not be found by its name.
  expect(within).toEqual([])
})
