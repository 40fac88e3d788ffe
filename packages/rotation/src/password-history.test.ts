import fc from 'fast-check'
import { expect, test } from 'vitest'
import { historyFor, newestOf } from './password-history.ts'

const entry = (gateway: string, rotation: string, hash = '') => ({ gateway, rotation, salt: '', hash })

test('of each gateway the newest are kept, in their order, and never more than so many', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c')), fc.integer({ min: 1, max: 4 }), (gateways, most) => {
      const entries = gateways.map((gateway, index) => ({ ...entry(gateway, 'r'), hash: String(index) }))
      const kept = newestOf(entries, most)
      for (const gateway of ['a', 'b', 'c']) {
        const all = entries.filter((one) => one.gateway === gateway)
        expect(kept.filter((one) => one.gateway === gateway)).toEqual(all.slice(-most))
      }
    }),
  )
})

test('a rotation that is gone on with is not in its own way, and does not push out older ones', () => {
  const entries = [entry('a', 'r1', '1'), entry('a', 'r2', '2'), entry('b', 'r2', '3'), entry('a', 'r3', '4')]
  const found = historyFor(entries, { rotation: 'r3', history: 2 })
  expect(found.get('a')?.map(({ hash }) => hash)).toEqual(['1', '2'])
  expect(found.get('b')?.map(({ hash }) => hash)).toEqual(['3'])
  expect(
    historyFor(entries, { rotation: undefined, history: 2 })
      .get('a')
      ?.map(({ hash }) => hash),
  ).toEqual(['2', '4'])
})
