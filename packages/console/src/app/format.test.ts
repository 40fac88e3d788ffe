import { expect, test } from 'vitest'
import { timeText, withTimeText } from './format.ts'

test.each(['2026-12-01T03:21:25.090Z', '2026-12-01T03:21:25Z', '2026-12-01T03:21Z'])(
  '%s is a time to read, in the language and zone of whoever reads it',
  (instant) => {
    for (const language of ['en', 'zh'] as const) {
      expect(withTimeText(instant, language)).toBe(timeText(Date.parse(instant), language))
      expect(withTimeText(instant, language)).not.toContain('T')
    }
  },
)

test.each(['10.0.0.0/16', 'sag-1000', '2026-12-01', 'since 2026-12-01T03:21:25Z', ''])('"%s" stays as it is', (value) =>
  expect(withTimeText(value, 'en')).toBe(value),
)
