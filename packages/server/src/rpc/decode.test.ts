import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../declare/errors.ts'
import { decode } from './decode.ts'
import { defaultLimits } from './limits.ts'
import { urlencoded } from './testing/signing-client.suite.ts'
import type { WireRequest } from './wire-request.ts'

const form = 'application/x-www-form-urlencoded'
const json = 'application/json; charset=utf-8'

function request(query: string, body: string | Buffer = '', type?: string): WireRequest {
  return {
    method: 'POST',
    target: query === '' ? '/' : `/?${query}`,
    headers: type === undefined ? {} : { 'content-type': type },
    distinct: () => ({}),
    body: Buffer.from(body),
    secure: false,
    source: undefined,
  }
}

const paramsOf = (given: WireRequest): Record<string, string> => Object.fromEntries(decode(given, defaultLimits).params)

test('a plus is a space, and one that is meant is encoded, in the query and in a form', () => {
  expect(paramsOf(request('a+b=c+d&e=%2B'))).toEqual({ 'a b': 'c d', e: '+' })
  expect(paramsOf(request('', 'a=b+c%2Bd', form))).toEqual({ a: 'b c+d' })
})

function codeOf(given: WireRequest, limits = defaultLimits): string {
  try {
    decode(given, limits)
    return 'accepted'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

const word = fc.string({ unit: 'binary', maxLength: 30 })
const params = fc.dictionary(
  word.filter((name) => name !== '' && name !== '__proto__'),
  word,
)

describe('parameters', () => {
  test('are read as they were written, from the query and from a form', () => {
    fc.assert(
      fc.property(params, (given) => {
        expect(paramsOf(request(urlencoded(given)))).toEqual(given)
        expect(paramsOf(request('', urlencoded(given), form))).toEqual(given)
        // The other spelling of a space.
        expect(paramsOf(request(new URLSearchParams(given).toString()))).toEqual(given)
      }),
    )
  })

  test('of query and form are put together, and the query is known apart', () => {
    const { query, params } = decode(request('A=1', 'B=2', `${form}; charset=UTF-8`), defaultLimits)
    expect([...query]).toEqual([['A', '1']])
    expect(Object.fromEntries(params)).toEqual({ A: '1', B: '2' })
  })

  test('may have an empty value, or no equals sign at all', () => {
    expect(paramsOf(request('A=&B&&C=a=b'))).toEqual({ A: '', B: '', C: 'a=b' })
  })

  test('may be plain UTF-8 that was not encoded', () => {
    expect(paramsOf(request(Buffer.from('Name=中').toString('latin1')))).toEqual({ Name: '中' })
    expect(paramsOf(request('', 'Name=中', form))).toEqual({ Name: '中' })
  })

  test('that say the same twice count once, and are refused when they say different things', () => {
    expect(paramsOf(request('A=1&A=1', 'A=1', form))).toEqual({ A: '1' })
    expect(codeOf(request('A=1&A=2'))).toBe('InvalidParameter.Duplicate')
    expect(codeOf(request('A=1', 'A=2', form))).toBe('InvalidParameter.Duplicate')
    expect(codeOf(request('A=1', '{"A":"2"}', json))).toBe('InvalidParameter.Duplicate')
  })

  test.each(['A=%', 'A=%2', 'A=%zz', 'A=%E6%99', 'A=%FF', 'A=%C0%80', 'A=%ED%A0%80', 'A=\xff', '%=A'])(
    '%j is no encoding',
    (query) => {
      expect(codeOf(request(query))).toBe('InvalidParameter.Encoding')
      expect(codeOf(request('', Buffer.from(query, 'latin1'), form))).toBe('InvalidParameter.Encoding')
    },
  )

  test('are limited in number and length', () => {
    const many = Array.from({ length: 5 }, (_, index) => `A.${index}=1`).join('&')
    expect(codeOf(request(many), { ...defaultLimits, parameterCount: 5 })).toBe('accepted')
    expect(codeOf(request(many), { ...defaultLimits, parameterCount: 4 })).toBe('InvalidParameter.TooMany')
    const both = request('a=1&b=1&c=1', 'd=1&e=1&f=1', form)
    expect(codeOf(both, { ...defaultLimits, parameterCount: 6 })).toBe('accepted')
    expect(codeOf(both, { ...defaultLimits, parameterCount: 5 })).toBe('InvalidParameter.TooMany')
    expect(codeOf(request(many), { ...defaultLimits, querySize: many.length - 1 })).toBe('RequestQueryTooLong')
  })
})

describe('a JSON body', () => {
  test('gives its members as parameters, lists and objects by index and key', () => {
    const body = {
      Name: '中',
      Count: 3,
      AutoPay: true,
      Nothing: null,
      SmartAGIds: ['a', 'b'],
      Tag: [{ Key: 'env', Value: '' }],
      Nested: { A: { B: 'c' } },
    }
    expect(paramsOf(request('', JSON.stringify(body), json))).toEqual({
      Name: '中',
      Count: '3',
      AutoPay: 'true',
      'SmartAGIds.1': 'a',
      'SmartAGIds.2': 'b',
      'Tag.1.Key': 'env',
      'Tag.1.Value': '',
      'Nested.A.B': 'c',
    })
  })

  test.each([
    ['no JSON', '{"A":'],
    ['no object', '[1]'],
    ['a number', '5'],
    ['null', 'null'],
    ['nested too deep', `{"A":${'['.repeat(40)}${']'.repeat(40)}}`],
    ['nested absurdly deep', `{"A":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['a number that is rounded when read', '{"A":12345678901234567890}'],
    ['half a character', '{"A":"\\ud800"}'],
    ['half a character in a name', '{"\\ud800":"A"}'],
  ])('that is or has %s is refused', (_, body) => {
    expect(codeOf(request('', body, json))).toBe('InvalidParameter.Body')
  })

  test('that is not UTF-8 is refused', () => {
    expect(codeOf(request('', Buffer.from([0x7b, 0xff, 0x7d]), json))).toBe('InvalidParameter.Encoding')
  })
})

test.each([undefined, 'application/octet-stream', 'text/plain', 'application/jsonx', ';;'])(
  'a body of type %j is no parameters',
  (type) => {
    const { params, bodyKind } = decode(request('A=1', 'B=2', type), defaultLimits)
    expect([...params]).toEqual([['A', '1']])
    expect(bodyKind).toBe('opaque')
  },
)

describe('what one request may cost', () => {
  const longest = 'n'.repeat(defaultLimits.nameSize)

  test('a longer name than any operation has is refused, wherever it stands', () => {
    expect(codeOf(request('', `${longest}=1`, form))).toBe('accepted')
    for (const given of [
      request(`${longest}n=1`),
      request('', `${longest}n=1`, form),
      request('', JSON.stringify({ [`${longest}n`]: 1 }), json),
      request('', JSON.stringify({ [longest]: { n: 1 } }), json),
      request('', JSON.stringify({ [longest]: [1] }), json),
    ]) {
      expect(codeOf(given)).toMatch(/^InvalidParameter\.(Encoding|Body)$/)
    }
  })

  test('hundreds of members under one enormous name are refused before they are compared', () => {
    const body = JSON.stringify({ ['n'.repeat(500_000)]: Array.from({ length: 900 }, (_, index) => index) })
    // Comparing them took minutes: a test that hangs here is the failure.
    expect(codeOf(request('', body, json))).toBe('InvalidParameter.Body')
  })

  test('lists and objects count among the parameters, empty ones too', () => {
    const many = Array.from({ length: defaultLimits.parameterCount }, () => [])
    expect(codeOf(request('', JSON.stringify({ a: many }), json))).toBe('InvalidParameter.TooMany')
  })
})

describe('before a JSON body is parsed', () => {
  // None of them is JSON: only what is counted before tells them apart.
  test.each<[string, string, string]>([
    ['lists too deep', `{"A":${'['.repeat(3000)}`, 'InvalidParameter.Body'],
    ['objects too deep', '{"A":'.repeat(3000), 'InvalidParameter.Body'],
    ['too many members', `{"A":[${'1,'.repeat(3000)}`, 'InvalidParameter.TooMany'],
    ['too many empty lists', `{"A":[${'[]'.repeat(3000)}`, 'InvalidParameter.TooMany'],
  ])('%s are refused', (_, body, code) => {
    expect(codeOf(request('', body, json))).toBe(code)
  })

  test('brackets and commas inside of texts do not count', () => {
    const value = '[[[{,"\\,'.repeat(1000)
    expect(paramsOf(request('', JSON.stringify({ A: value, B: '\\' }), json))).toEqual({ A: value, B: '\\' })
  })
})

test('of what is parsed the depth and the members are exactly bounded', () => {
  const deep = (lists: number): string => `{"A":${'['.repeat(lists)}1${']'.repeat(lists)}}`
  expect(paramsOf(request('', deep(15), json))).toEqual({ [`A${'.1'.repeat(15)}`]: '1' })
  expect(codeOf(request('', deep(16), json))).toBe('InvalidParameter.Body')
  const mixed = (values: number): string => `{"A":[${'[],'.repeat(700)}${'null,'.repeat(10)}${'1,'.repeat(values)}2]}`
  expect(Object.keys(paramsOf(request('', mixed(298), json)))).toHaveLength(299)
  expect(codeOf(request('', mixed(299), json))).toBe('InvalidParameter.TooMany')
})

test('a form with the same parameter, or none, again and again is refused', () => {
  const form = 'application/x-www-form-urlencoded'
  expect(codeOf(request('', 'A=1&'.repeat(1001), form))).toBe('InvalidParameter.TooMany')
  expect(codeOf(request('', '&'.repeat(1001), form))).toBe('InvalidParameter.TooMany')
  expect(paramsOf(request('', 'A=1&'.repeat(1000), form))).toEqual({ A: '1' })
})
