import { expect, test } from 'vitest'
import { conditionOf, type Rule, spanText } from './alert-facts.ts'
import { alertTexts } from './alerts.texts.ts'

const minute = 60_000

test.each([
  [0, '0 min', '0 分钟'],
  [59 * minute, '59 min', '59 分钟'],
  [192 * minute, '3 h 12 min', '3 小时 12 分钟'],
  [240 * minute, '4 h', '4 小时'],
  [2879 * minute, '47 h 59 min', '47 小时 59 分钟'],
  [2880 * minute, '2 days', '2 天'],
  [-5, '0 min', '0 分钟'],
])('%i ms is %s, %s', (ms, en, zh) => {
  expect([spanText(ms, 'en'), spanText(ms, 'zh')]).toEqual([en, zh])
})

test('a rule is one line', () => {
  const rule = { SmartAGIds: [], ChannelIds: [] } as unknown as Rule
  const line = (more: Partial<Rule>): string => conditionOf({ ...rule, ...more }, alertTexts.en, 'en')
  expect(line({ Minutes: 5 })).toBe('longer than 5 min · all gateways')
  expect(line({ Minutes: 0, SmartAGIds: ['sag-1'] })).toBe('at once · 1 gateway')
  expect(line({ Days: 30, QuietFrom: '22:00', QuietTo: '07:00' })).toBe(
    '30 days before · all gateways · quiet 22:00–07:00',
  )
  expect(line({})).toBe('at once · all gateways')
})
