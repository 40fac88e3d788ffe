export const spans = {
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  month: 2_592_000_000,
  all: 15_552_000_000,
} as const

export type Span = keyof typeof spans

export interface Moments {
  readonly StartTime: string
  readonly EndTime: string
}

/** The time that is asked for: whole days of where one is, or a span that ends now. */
export function momentsOf(
  { span, from, to }: { readonly span: Span; readonly from: string; readonly to: string },
  now: number,
): Moments {
  // The end is not included, and this second is not over.
  const end = to === '' ? now + 1000 : dayAfter(to)
  const start = from === '' ? end - spans[to === '' ? span : 'all'] : startOf(from)
  return { StartTime: utcText(start), EndTime: utcText(end) }
}

export function utcText(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
}

function startOf(day: string): number {
  return new Date(`${day}T00:00:00`).getTime()
}

function dayAfter(day: string): number {
  const date = new Date(`${day}T00:00:00`)
  date.setDate(date.getDate() + 1)
  return date.getTime()
}
