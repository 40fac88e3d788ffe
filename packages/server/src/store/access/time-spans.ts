/** Milliseconds since 1970, both ends included. */
export interface TimeSpan {
  readonly from: number
  readonly to: number
}

/** Spans closer than this become one: what lies between is older than anything that is accepted, but for a wrong clock. */
const nearMs = 5 * 60_000

/** More of them than this: the two oldest become one. */
export const mostSpans = 32

/** Disjoint spans in their order with these in them; never covers less than before, and never grows without a bound. */
export function withSpans(spans: readonly TimeSpan[], more: readonly TimeSpan[]): readonly TimeSpan[] {
  const sorted = [...spans, ...more].sort((a, b) => a.from - b.from)
  const joined: TimeSpan[] = []
  for (const span of sorted) {
    const last = joined.at(-1)
    if (last !== undefined && span.from - last.to <= nearMs) {
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
    } else {
      joined.push(span)
    }
  }
  while (joined.length > mostSpans) {
    const [first, second, ...rest] = joined as [TimeSpan, TimeSpan, ...TimeSpan[]]
    joined.splice(0, joined.length, { from: first.from, to: second.to }, ...rest)
  }
  return joined
}

export function isWithin(spans: readonly TimeSpan[], time: number): boolean {
  for (let index = spans.length - 1; index >= 0; index--) {
    const { from, to } = spans[index] as TimeSpan
    if (time > to) return false
    if (time >= from) return true
  }
  return false
}
