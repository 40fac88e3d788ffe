import { expect, test } from 'vitest'
import { factsToShow } from './stored-facts.ts'

test('what an instance has is shown in the chosen language, and nothing is shown of what it has not', () => {
  const attribute = { Position: 'Floor 3', Description: 'Branch office', City: '' }
  expect(factsToShow(attribute, 'en')).toEqual([
    { label: 'Description', value: 'Branch office' },
    { label: 'Position', value: 'Floor 3' },
  ])
  expect(factsToShow(attribute, 'zh').map(({ label }) => label)).toEqual(['描述', '位置'])
})
