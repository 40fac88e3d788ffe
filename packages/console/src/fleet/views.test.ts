import { expect, test } from 'vitest'
import { mostViews, viewsIn } from './views.ts'

test('what the browser kept comes back', () => {
  const views = [{ name: 'Night', q: 'region:cn', group: 'network' }]
  expect(viewsIn(JSON.stringify(views))).toEqual(views)
})

test.each([
  '',
  '{',
  '{}',
  '[1, null, {"name": 1, "q": ""}]',
  '[{"name": "", "q": ""}]',
  `[{"name":"x","q":"${'q'.repeat(501)}"}]`,
])('what is none of ours is left out: %s', (text) => expect(viewsIn(text)).toEqual([]))

test('no more are read than are kept, and a grouping that there is not is none', () => {
  const many = Array.from({ length: 20 }, (_, index) => ({ name: `view ${index}`, q: '', group: 'planet' }))
  expect(viewsIn(JSON.stringify(many))).toHaveLength(mostViews)
  expect(viewsIn(JSON.stringify(many))[0]?.group).toBeUndefined()
})
