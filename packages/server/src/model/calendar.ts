/** The same day and time that many calendar months later, in UTC; the last day of a month that is too short for it. */
export function addMonths(time: number, months: number): number {
  const date = new Date(time)
  const month = date.getUTCMonth() + months
  const daysInMonth = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate()
  return Date.UTC(
    date.getUTCFullYear(),
    month,
    Math.min(date.getUTCDate(), daysInMonth),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    date.getUTCMilliseconds(),
  )
}

/** `2021-07-14 00:27:48`, the text form of times in answers. In UTC, because the pages name no time zone (C). */
export function clockText(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ')
}
