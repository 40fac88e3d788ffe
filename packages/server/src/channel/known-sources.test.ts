import { expect, test } from 'vitest'
import { createKnownSources, mostSources } from './known-sources.ts'

test('of too many addresses the one a gateway came from longest ago is forgotten', () => {
  const known = createKnownSources(['first', 'second'])
  known.add('first')
  for (let index = 0; index < mostSources - 1; index++) known.add(`source ${index}`)
  expect(known.size).toBe(mostSources)
  expect([known.has('first'), known.has('second')]).toEqual([true, false])
})
