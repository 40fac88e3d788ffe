import { type Cidr, networksIn, parseNetwork } from '@opensag/rules'
import { describe, expect, test } from 'vitest'
import { neighbourhoods } from './cidr-map.ts'

function block(text: string): Cidr {
  const parsed = parseNetwork(text)
  if (typeof parsed === 'string') throw new Error(`${text} is no network`)
  return parsed
}

function uses(
  own: string,
  others: string,
  range = '10.0.0.0/8',
  snat = '',
  complete = true,
): ReadonlyMap<string, string> {
  const holders = networksIn(others).map((one) => ({ id: one.cidr, name: one.cidr, block: one }))
  const squares = neighbourhoods({
    own: networksIn(own),
    others: holders,
    range: networksIn(range),
    snat: networksIn(snat),
    complete,
  })
  return new Map(squares.flatMap(({ cells }) => cells.map(({ block: { cidr }, use }) => [cidr, use] as const)))
}

describe('the map of addresses', () => {
  test('shows what is own, another’s, free and hidden behind', () => {
    const map = uses('10.1.4.0/24', '10.1.5.0/24,10.9.0.0/16', '10.0.0.0/8', '10.1.255.0/24')
    // A square of the network and one of the neighbourhood.
    expect(map.size).toBe(512)
    expect(map.get('10.9.0.0/16')).toBe('other')
    expect(map.get('10.1.4.0/24')).toBe('own')
    expect(map.get('10.1.5.0/24')).toBe('other')
    expect(map.get('10.1.6.0/24')).toBe('free')
    expect(map.get('10.1.255.0/24')).toBe('snat')
  })

  test('shows where two have the same addresses, and only there', () => {
    expect(uses('10.1.4.0/24', '10.1.0.0/16').get('10.1.4.0/24')).toBe('overlap')
    expect(uses('10.1.4.0/24,10.1.64.0/25', '10.1.64.128/25').get('10.1.64.0/24')).toBe('own')
  })

  test('shows as not known what is nobody’s, when not every member of the network is known', () => {
    const map = uses('10.1.4.0/24', '10.9.0.0/16', '10.0.0.0/8', '', false)
    expect([...new Set(map.values())].sort()).toEqual(['other', 'own', 'unknown'])
    expect(map.get('10.1.6.0/24')).toBe('unknown')
    // What is known stays so.
    expect(uses('10.1.4.0/24', '', '10.1.0.0/17', '', false).get('10.1.200.0/24')).toBe('outside')
  })

  test('shows what is outside the range of the network', () => {
    expect(uses('10.1.4.0/24', '', '10.1.0.0/17').get('10.1.200.0/24')).toBe('outside')
    expect(uses('10.1.4.0/24', '', '').get('10.1.200.0/24')).toBe('free')
  })

  test('blocks of one square share it; a far one has its own', () => {
    const squares = neighbourhoods({
      own: networksIn('10.1.4.0/24,10.1.5.0/24,10.7.0.0/24'),
      others: [],
      range: [],
      snat: [],
      complete: true,
    })
    expect(squares.map(({ frame }) => frame.cidr)).toEqual(['10.1.0.0/16', '10.7.0.0/16'])
  })
})

describe('networks', () => {
  test('have a first and a last address', () => {
    expect(block('10.1.0.0/16')).toMatchObject({ first: 167_837_696, last: 167_903_231 })
    expect(block('255.255.255.255/32')).toMatchObject({ first: 4_294_967_295, last: 4_294_967_295 })
  })
})
