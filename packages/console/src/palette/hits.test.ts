import { describe, expect, test } from 'vitest'
import { fit, grouped, type Hit, type HitGroup, marked, mostOfGroup } from './hits.ts'

function hit(group: HitGroup, title: string, more: Partial<Hit> = {}): Hit {
  return { group, key: `${group}/${title}`, title, icon: 'search', act: () => undefined, ...more }
}

const titles = (hits: readonly Hit[], search: string): readonly string[] =>
  grouped(hits, search).flatMap((found) => found.hits.map(({ title }) => title))

describe('what fits a search', () => {
  test('is better the nearer the title is to what was typed', () => {
    expect(fit({ title: 'Lyon' }, 'lyon')).toBe(4)
    expect(fit({ title: 'Lyon-Part-Dieu' }, 'lyon')).toBe(3)
    expect(fit({ title: 'branch Lyon' }, 'lyon')).toBe(2)
    expect(fit({ title: 'branchlyon' }, 'lyon')).toBe(1)
    expect(fit({ title: 'branch', also: '10.7.0.0/24' }, '10.7')).toBe(0)
    expect(fit({ title: 'branch' }, 'lyon')).toBeUndefined()
  })

  test('has every word, in any order', () => {
    expect(fit({ title: 'Part-Dieu Lyon' }, 'lyon dieu')).toBe(2)
    expect(fit({ title: 'Part-Dieu Lyon' }, 'lyon turin')).toBeUndefined()
  })

  test('comes with the group of the best hit first, and in the usual order otherwise', () => {
    const hits = [hit('operations', 'ListNetworks'), hit('screens', 'Networks'), hit('gateways', 'old networks box')]
    expect(titles(hits, 'networks')).toEqual(['Networks', 'old networks box', 'ListNetworks'])
    expect(titles([hit('operations', 'Lyon'), hit('gateways', 'Lyon')], 'lyon')).toHaveLength(2)
    expect(grouped([hit('operations', 'Lyon'), hit('gateways', 'Lyon')], 'lyon')[0]?.group).toBe('gateways')
  })

  test('of one group come by how well they fit', () => {
    const hits = [hit('gateways', 'old-lyon'), hit('gateways', 'Lyon-Part-Dieu'), hit('gateways', 'Lyon')]
    expect(titles(hits, 'lyon')).toEqual(['Lyon', 'Lyon-Part-Dieu', 'old-lyon'])
  })

  test('that comes late does not push away what was first', () => {
    const gateway = hit('gateways', 'old lyon box')
    expect(grouped([hit('people', 'lyon'), gateway], 'lyon')[0]?.group).toBe('gateways')
    expect(grouped([hit('people', 'lyon')], 'lyon')[0]?.group).toBe('people')
  })

  test('is bounded in each group', () => {
    const many = Array.from({ length: 50 }, (_, index) => hit('gateways', `branch-${index}`))
    expect(titles(many, 'branch')).toHaveLength(mostOfGroup)
  })
})

describe('marks', () => {
  test('stand at every place of every word, with letters as they were', () => {
    expect(marked('Lyon in LYON', 'lyon')).toEqual([
      { text: 'Lyon', hit: true },
      { text: ' in ', hit: false },
      { text: 'LYON', hit: true },
    ])
    expect(marked('abcd', 'bc ab')).toEqual([
      { text: 'abc', hit: true },
      { text: 'd', hit: false },
    ])
  })

  test('are nowhere when nothing was searched for or found', () => {
    expect(marked('Lyon', '')).toEqual([{ text: 'Lyon', hit: false }])
    expect(marked('Lyon', 'x')).toEqual([{ text: 'Lyon', hit: false }])
  })
})
