import { describe, expect, test } from 'vitest'
import { parseQuery, term, valueFor, withValue } from './query.ts'

describe('the text of a filter', () => {
  test('has terms, with values to choose from, and words', () => {
    expect(parseQuery('Shop state:Offline,degraded network:"Retail South",ccn-1  10.2.0.7')).toEqual({
      terms: [
        { key: 'state', values: ['offline', 'degraded'] },
        { key: 'network', values: ['retail south', 'ccn-1'] },
      ],
      words: ['shop', '10.2.0.7'],
    })
  })

  test('a colon in something else is part of a word, and a quoted text is one word', () => {
    expect(parseQuery('http://x 00:16:3e "two words" "open').words).toEqual([
      'http://x',
      '00:16:3e',
      'two words',
      'open',
    ])
  })

  test('a choice replaces the values of its key, and leaves the rest', () => {
    expect(withValue('shop region:a region:b', 'region', 'cn-beijing')).toBe('shop region:cn-beijing')
    expect(withValue('shop region:a', 'region', undefined)).toBe('shop')
    expect(withValue('', 'network', 'retail "south" 1')).toBe('network:"retail south 1"')
    expect(parseQuery(term('network', 'a,b')).terms).toEqual([{ key: 'network', values: ['a,b'] }])
  })

  test('a choice shows the value when there is one', () => {
    expect(valueFor('region:A x', 'region')).toBe('a')
    expect([valueFor('region:a,b', 'region'), valueFor('x', 'region')]).toEqual([undefined, undefined])
  })
})
