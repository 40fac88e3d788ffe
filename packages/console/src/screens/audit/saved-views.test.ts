import { expect, test } from 'vitest'
import { mostViews, readViews, type SavedView, withView } from './saved-views.ts'

const view = (name: string): SavedView => ({ name, address: { span: 'month' } })

test.each(['', 'nonsense', '{}', '[1,{"name":"x"},{"name":"","address":{}},{"name":"x","address":{"a":1}}]'])(
  'of what was kept as %j nothing is taken',
  (text) => {
    expect(readViews(text)).toEqual([])
  },
)

test('views that were kept are read again, not more than there may be', () => {
  const all = Array.from({ length: mostViews + 5 }, (_, n) => view(`v${n}`))
  expect(readViews(JSON.stringify(all))).toEqual(all.slice(0, mostViews))
})

test('a view of the same name is replaced, and of too many the oldest goes', () => {
  const all = Array.from({ length: mostViews }, (_, n) => view(`v${n}`))
  expect(withView(all, view('v3'))).toHaveLength(mostViews)
  const more = withView(all, { ...view(` ${'x'.repeat(60)} `), address: {} })
  expect(more).toHaveLength(mostViews)
  expect(more[0]?.name).toBe('v1')
  expect(more.at(-1)?.name).toBe('x'.repeat(40))
})
