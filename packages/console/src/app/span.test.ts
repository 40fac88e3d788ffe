import { expect, test } from 'vitest'
import { spanText } from './span.ts'

const minute = 60_000

test.each([
  [59_999, 'under 1 min', '不到 1 分'],
  [18 * minute, '18 min', '18 分'],
  [60 * minute, '1 h', '1 小时'],
  [192 * minute, '3 h 12 min', '3 小时 12 分'],
  [2880 * minute - 1, '47 h 59 min', '47 小时 59 分'],
  [2880 * minute, '2 days', '2 天'],
])('%i ms is “%s”', (ms, en, zh) => {
  expect([spanText(ms, 'en'), spanText(ms, 'zh')]).toEqual([en, zh])
})
