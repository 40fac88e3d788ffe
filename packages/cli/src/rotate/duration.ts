import { UsageError } from '../exit.ts'
import { say } from '../say.ts'

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `250ms`, `30s`, `10m`, `2h`, `90d`, in milliseconds. @throws UsageError */
export function parseDuration(flag: string, text: string): number {
  const [, number, unit] = /^(\d{1,6})(ms|s|m|h|d)$/.exec(text) ?? []
  const factor = units[unit ?? '']
  if (number === undefined || factor === undefined) {
    throw new UsageError(say('{flag}: a duration like 30s, 10m, 2h or 90d is needed.', { flag }))
  }
  return Number(number) * factor
}
