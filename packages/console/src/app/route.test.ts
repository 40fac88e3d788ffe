import { describe, expect, test } from 'vitest'
import { href, parseHash } from './route.ts'

describe('addresses inside the console', () => {
  test('come back as they were written', () => {
    const link = href(['fleet', 'cn-shanghai', 'sag-1'], { q: 'a b/c', none: undefined, empty: '' })
    expect(link).toBe('#/fleet/cn-shanghai/sag-1?q=a+b%2Fc')
    const { segments, query } = parseHash(link)
    expect(segments).toEqual(['fleet', 'cn-shanghai', 'sag-1'])
    expect(query.get('q')).toBe('a b/c')
  })

  test('a name with a slash stays one segment', () => {
    expect(parseHash(href(['remote', 'a/b'])).segments).toEqual(['remote', 'a/b'])
  })

  test('nothing is the start page, and a broken escape is taken as it stands', () => {
    expect(parseHash('').segments).toEqual([])
    expect(parseHash('#/%zz').segments).toEqual(['%zz'])
  })
})
