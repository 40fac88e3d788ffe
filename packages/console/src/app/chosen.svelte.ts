/**
 * Instances that one screen hands to another: by the address where they fit into it, so that it can be kept and sent to
 * somebody; else by the memory of this page.
 */
const longestInAddress = 1500

/** So many are remembered for going back; the next one takes the place of the oldest. */
const mostKept = 10

const kept = new Map<string, readonly string[]>()

export const chosen = {
  /** What an address says of them: the value of its `ids`. */
  hand(ids: readonly string[]): string {
    const text = ids.join()
    if (text.length <= longestInAddress) return text
    const name = `kept-${crypto.randomUUID()}`
    kept.set(name, [...ids])
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    return name
  },

  /** The instances of such a value. `forgotten`: the page that remembered them has been left. Undefined: none were chosen. */
  take(ids: string | null): readonly string[] | 'forgotten' | undefined {
    if (ids === null || ids === '') return undefined
    if (ids.startsWith('kept-')) return kept.get(ids) ?? 'forgotten'
    return [...new Set(ids.split(',').filter(Boolean))]
  },
}
