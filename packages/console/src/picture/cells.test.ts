import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Health, healths } from '../fleet/row.ts'
import { cellsOf, pitchFor } from './cells.ts'
import { inColumns } from './columns.ts'

const none = Object.fromEntries(healths.map((health) => [health, 0])) as Record<Health, number>
const room = { skip: 0, columns: 10, pitch: 16 }

describe('the cells of a network', () => {
  test('are one for each member, the worst first, an outline for each tone', () => {
    const { paths, width, height } = cellsOf({ counts: { ...none, online: 23, offline: 2 }, unseen: 0 }, room)
    expect(paths.map(({ tone, shape, d }) => [tone, shape, starts(d)])).toEqual([
      ['bad', 'squares', 2],
      ['ok', 'dots', 23],
    ])
    expect(paths[0]?.d).toBe('M8 8h0M24 8h0')
    expect([width, height]).toEqual([160, 48])
  })

  test('leave out the worst that stand beside them by name, of whichever state they are', () => {
    const counts = { ...none, locked: 1, offline: 3, online: 1 }
    const { paths } = cellsOf({ counts, unseen: 0 }, { ...room, skip: 3 })
    expect(paths.map(({ tone, d }) => [tone, starts(d)])).toEqual([
      ['bad', 1],
      ['ok', 1],
    ])
  })

  test('of members one does not see are hatched', () => {
    const { paths } = cellsOf({ counts: { ...none, online: 1 }, unseen: 3 }, room)
    expect(paths.map(({ shape }) => shape)).toEqual(['dots', 'hatched'])
  })

  test('are of less size in a larger fleet, so that the picture is about as large', () => {
    expect([3, 300, 1000, 3000, 20_000].map(pitchFor)).toEqual([16, 16, 12, 9, 7])
    const counts = { ...none, online: 20_000 }
    const { paths } = cellsOf({ counts, unseen: 0 }, { skip: 0, columns: 50, pitch: 7 })
    expect(paths).toHaveLength(1)
  })
})

test('columns keep every block, in order, and neither is longer than the other by more than one block', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 100 })), (heights) => {
      const things = heights.map((height, place) => ({ height, place }))
      const [left, right] = inColumns(things, ({ height }) => height)
      expect([...left, ...right].map(({ place }) => place).sort((a, b) => a - b)).toEqual(
        things.map(({ place }) => place),
      )
      for (const side of [left, right]) {
        expect(side.map(({ place }) => place)).toEqual(side.map(({ place }) => place).sort((a, b) => a - b))
      }
      const sum = (side: typeof left): number => side.reduce((total, { height }) => total + height, 0)
      expect(Math.abs(sum(left) - sum(right))).toBeLessThanOrEqual(Math.max(0, ...heights))
    }),
  )
})

function starts(d: string): number {
  return d.split('M').length - 1
}
