import { type DailyHours, dayMinutes, isWithin, minuteMs, minuteOfDay } from './daily-hours.ts'

/** Hours of each day in which a rule tells nothing. */
export type QuietHours = DailyHours

/** `at`: milliseconds since 1970. */
export function isQuiet(quiet: QuietHours | undefined, at: number): boolean {
  return quiet !== undefined && isWithin(quiet, at)
}

/** When the quiet hours end that `at` is in; `at` itself when it is in none. */
export function quietUntil(quiet: QuietHours | undefined, at: number): number {
  if (quiet === undefined || !isWithin(quiet, at)) return at
  const minutes = (quiet.to - minuteOfDay(quiet, at) + dayMinutes) % dayMinutes
  return Math.floor(at / minuteMs) * minuteMs + minutes * minuteMs
}
