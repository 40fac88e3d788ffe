/** Hours of each day: minutes since midnight, of the clock with this offset. `from` after `to` is over midnight. They differ. */
export interface DailyHours {
  readonly from: number
  /** The first minute after them. */
  readonly to: number
  /** Minutes ahead of UTC. */
  readonly offset: number
}

export const minuteMs = 60_000
export const dayMinutes = 1440

/** `at`: milliseconds since 1970. */
export function isWithin(hours: DailyHours, at: number): boolean {
  const { from, to } = hours
  const minute = minuteOfDay(hours, at)
  return from < to ? from <= minute && minute < to : from <= minute || minute < to
}

export function minuteOfDay({ offset }: Pick<DailyHours, 'offset'>, at: number): number {
  return (((Math.floor(at / minuteMs) + offset) % dayMinutes) + dayMinutes) % dayMinutes
}

/** `22:30`; undefined when it is no time of a day. */
export function minutesOf(text: string): number | undefined {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text)
  return found === null ? undefined : Number(found[1]) * 60 + Number(found[2])
}

export function clockText(minutes: number): string {
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** `+08:00`, from `-12:00` to `+14:00`; undefined when it is none. */
export function offsetOf(text: string): number | undefined {
  const minutes = /^[+-]/.test(text) ? minutesOf(text.slice(1)) : undefined
  if (minutes === undefined || minutes > 840 || (text.startsWith('-') && minutes > 720)) return undefined
  return text.startsWith('-') && minutes > 0 ? -minutes : minutes
}

export function offsetText(offset: number): string {
  return `${offset < 0 ? '-' : '+'}${clockText(Math.abs(offset))}`
}
