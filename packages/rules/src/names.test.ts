import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isDescription, isName } from './names.ts'

describe('names', () => {
  test.each(['ab', 'branch-1', 'a._-', '杭州分支', `a${'b'.repeat(127)}`])('%j is one', (name) => {
    expect(isName(name)).toBe(true)
  })

  test.each(['', 'a', '1a', '-a', 'a b', 'http://a', 'ab\n', `a${'b'.repeat(128)}`])('%j is none', (name) => {
    expect(isName(name)).toBe(false)
  })

  test('every name is a description', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z][A-Za-z0-9._-]{1,127}$/), (name) => isName(name) && isDescription(name)),
    )
  })
})

describe('descriptions', () => {
  test.each(['ab', 'of the branch, 2nd floor', 'sag描述', `a${'b'.repeat(255)}`, 'httpd server'])(
    '%j is one',
    (text) => {
      expect(isDescription(text)).toBe(true)
    },
  )

  test.each(['', 'a', '1a', ' ab', 'http://a', 'HTTPS://a', `a${'b'.repeat(256)}`])('%j is none', (text) => {
    expect(isDescription(text)).toBe(false)
  })
})
