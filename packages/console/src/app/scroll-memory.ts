/** Something that scrolls: the page itself, or a list in it that has a scrollbar of its own. */
export interface Scroller {
  scrollTop: number
  readonly scrollHeight: number
  readonly clientHeight: number
}

/** Where each scroller of a page stood, in pixels, by its name. */
export type Positions = ReadonlyMap<string, number>

/** What the memory sees of the page. */
export interface ScrolledPage {
  /** Those that are there now, by name. */
  scrollers(): ReadonlyMap<string, Scroller>
  now(): number
  /** Calls back before the next picture. */
  nextFrame(callback: () => void): void
}

/** Milliseconds. What has not come by `patience` does not come any more; what stood for `hold` stays. */
export const restoring = { patience: 10_000, hold: 600 } as const

/** Where one had scrolled to, for every entry of the browser's history that this page has made. */
export class ScrollMemory {
  readonly #page: ScrolledPage
  readonly #left = new Map<string, Positions>()
  #attempt = 0

  constructor(page: ScrolledPage) {
    this.#page = page
  }

  /** Notes where the page stands. To be called before it shows something else. */
  leave(entry: string): void {
    this.stop()
    this.#left.set(entry, new Map([...this.#page.scrollers()].map(([name, { scrollTop }]) => [name, scrollTop])))
  }

  /**
   * Scrolls to where the entry was left. Its data and even its code may come later: until then the page is not tall enough, and
   * what one sees while waiting may shrink again. So this goes on until every position has held for a moment.
   */
  restore(entry: string): void {
    this.stop()
    const attempt = this.#attempt
    const wanted = [...(this.#left.get(entry) ?? [])].filter(([, top]) => top > 0)
    const begun = this.#page.now()
    let reachedAt: number | undefined
    const step = (): void => {
      if (attempt !== this.#attempt || wanted.length === 0) return
      const now = this.#page.now()
      const scrollers = this.#page.scrollers()
      const reached = wanted.map(([name, top]) => reach(scrollers.get(name), top)).every(Boolean)
      reachedAt = reached ? (reachedAt ?? now) : undefined
      if (reachedAt !== undefined && now - reachedAt >= restoring.hold) return
      if (now - begun >= restoring.patience) {
        // The list has become shorter since: its end is the nearest place.
        for (const [name, top] of wanted) reach(scrollers.get(name), top, true)
        return
      }
      this.#page.nextFrame(step)
    }
    step()
  }

  /** Somebody scrolls, or goes elsewhere: the page is not moved under their hands. */
  stop(): void {
    this.#attempt += 1
  }
}

function reach(scroller: Scroller | undefined, top: number, nearest = false): boolean {
  if (scroller === undefined) return false
  if (!nearest && scroller.scrollHeight - scroller.clientHeight < top - 1) return false
  if (Math.abs(scroller.scrollTop - top) > 1) scroller.scrollTop = top
  return true
}
