import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePolicy } from './parse.ts'
import { mostExamples, parseExamples } from './parse-examples.ts'
import type { PolicyKind } from './policy.ts'
import { printPolicy } from './print.ts'
import { policyOf } from './testing/arbitraries.suite.ts'
import { compileWildcard } from './wildcard.ts'

const kinds: readonly PolicyKind[] = ['identity', 'trust']

function expectAnswer(text: string, kind: PolicyKind): void {
  const result = parsePolicy(text, kind)
  if ('policy' in result) {
    expect(parsePolicy(printPolicy(result.policy), kind)).toEqual(result)
    return
  }
  const { message, line, column, offset } = result.mistake
  expect(message).toMatch(/^[A-Z<"].*[.?]$/)
  expect(offset).toBeGreaterThanOrEqual(0)
  expect(offset).toBeLessThanOrEqual(text.length)
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/)
  expect([line, column]).toEqual([lines.length, (lines.at(-1) ?? '').length + 1])
}

describe('reading never throws, and points into the text:', () => {
  test('any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.constantFrom(...kinds), expectAnswer), {
      numRuns: 2000,
    })
  })

  test('any JSON', () => {
    fc.assert(fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(...kinds), expectAnswer), { numRuns: 2000 })
  })

  test('policies with anything changed', () => {
    const piece = fc.constantFrom(
      ...'{}[]",:\\*?/.%-7 \n',
      'null',
      'true',
      '"Sid":"x",',
      'IfExists',
      'ForAnyValue:',
      '__proto__',
      'constructor',
      'acs:',
      '\ud800',
      '\u0000',
    )
    const changed = fc.constantFrom(...kinds).chain((kind) =>
      fc
        .tuple(policyOf(kind), fc.array(fc.tuple(fc.nat(), fc.nat({ max: 4 }), piece), { minLength: 1, maxLength: 3 }))
        .map(([policy, changes]) =>
          changes.reduce((text, [at, cut, inserted]) => {
            const start = at % (text.length + 1)
            return text.slice(0, start) + inserted + text.slice(start + cut)
          }, printPolicy(policy)),
        ),
    )
    const seen = { policy: 0, mistake: 0 }
    fc.assert(
      fc.property(changed, fc.constantFrom(...kinds), (text, kind) => {
        seen['policy' in parsePolicy(text, kind) ? 'policy' : 'mistake']++
        expectAnswer(text, kind)
      }),
      { numRuns: 3000 },
    )
    expect(Math.min(seen.policy, seen.mistake)).toBeGreaterThan(50)
  })

  test('any examples', () => {
    const text = fc.oneof(fc.json({ maxDepth: 4 }), fc.string({ maxLength: 100 }))
    fc.assert(
      fc.property(text, (given) => {
        const result = parseExamples(given)
        if ('mistake' in result) expect(result.mistake.offset).toBeLessThanOrEqual(given.length)
        else expect(result.examples.length).toBeLessThanOrEqual(mostExamples)
      }),
      { numRuns: 1000 },
    )
  })
})

/** The least time of several tries, in milliseconds: a machine that is busy makes some of them slow, not all. */
function leastTime(work: () => void): number {
  const times = Array.from({ length: 40 }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return Math.min(...times)
}

describe('the worst text takes time in proportion to its length:', () => {
  const bodies: readonly (readonly [string, (size: number) => string])[] = [
    ['white space', (size) => ' '.repeat(size)],
    ['open brackets', (size) => '['.repeat(size)],
    ['one long text', (size) => `{"Version":"${'a'.repeat(size)}"}`],
    ['escapes', (size) => `{"${'\\u0041'.repeat(size / 6)}":1}`],
    ['digits', (size) => `[${'1'.repeat(size)}]`],
    ['line breaks', (size) => `${'\n'.repeat(size)}x`],
    ['many names', (size) => `{${Array.from({ length: size / 8 }, (_, at) => `"${at}":1`).join(',')}}`],
    [
      'many actions',
      (size) =>
        `{"Version":"1","Statement":[{"Effect":"Allow","Resource":"*","Action":[${Array(Math.floor(size / 8))
          .fill('"a:b*?"')
          .join(',')}]}]}`,
    ],
    [
      'a long key',
      (size) =>
        `{"Version":"1","Statement":[{"Effect":"Allow","Resource":"*","Action":"*","Condition":{"Bool":{"${'a'.repeat(size)}":"true"}}}]}`,
    ],
    [
      'a long operator',
      (size) =>
        `{"Version":"1","Statement":[{"Effect":"Allow","Resource":"*","Action":"*","Condition":{"${'IfExists'.repeat(size / 8)}":{}}}]}`,
    ],
    [
      'a long ARN',
      (size) => `{"Version":"1","Statement":[{"Effect":"Allow","Resource":"acs:${':'.repeat(size)}","Action":"*"}]}`,
    ],
    [
      'a long address',
      (size) =>
        `{"Version":"1","Statement":[{"Effect":"Allow","Resource":"*","Action":"*","Condition":{"IpAddress":{"a:b":"${'1:'.repeat(size / 2)}"}}}]}`,
    ],
    [
      'a long number',
      (size) =>
        `{"Version":"1","Statement":[{"Effect":"Allow","Resource":"*","Action":"*","Condition":{"NumericEquals":{"a:b":"${'1'.repeat(size)}x"}}}]}`,
    ],
    [
      'a long principal',
      (size) =>
        `{"Version":"1","Statement":[{"Effect":"Allow","Action":"*","Principal":{"Service":"${'a-'.repeat(size / 2)}."}}]}`,
    ],
  ]

  test.each(bodies)('%s', (_, body) => {
    // The longest documents there may be, and a quarter of that. Quadratic time would be sixteen times as much.
    const [long, short] = [body(5600), body(1400)]
    const both = (text: string) => () => {
      for (const kind of kinds) parsePolicy(text, kind)
    }
    both(long)()
    both(short)()
    expect(leastTime(both(long))).toBeLessThan(leastTime(both(short)) * 8 + 0.3)
  })

  test('a pattern that would be exponential for a regular expression', () => {
    const { matches } = compileWildcard(`${'*a'.repeat(1000)}*b`)
    const text = 'a'.repeat(4000)
    expect(matches(text)).toBe(false)
    expect(leastTime(() => matches(text))).toBeLessThan(5)
  })

  test('a long part with single characters, which has to be tried everywhere', () => {
    const { matches } = compileWildcard(`*${'a?'.repeat(40)}b*`)
    const time = (length: number): number => {
      const text = 'a'.repeat(length)
      expect(matches(text)).toBe(false)
      return leastTime(() => matches(text))
    }
    time(300)
    // Four times the text: quadratic time would be sixteen times as much.
    expect(time(1200)).toBeLessThan(time(300) * 9 + 0.3)
  })
})
