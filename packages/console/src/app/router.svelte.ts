import { href, parseHash, type Route } from './route.ts'
import { ScrollMemory } from './scroll-memory.ts'

/** The attribute of a list that scrolls inside the page, with its name: going back finds where it stood. */
const scrolledList = 'data-scroll'

/** An entry of the history that the console has come to. */
export interface Visit {
  readonly entry: string
  /** By the browser's buttons, or for the first time. */
  readonly isReturn: boolean
}

class Router {
  #route = $state.raw<Route>(parseHash(location.hash))
  #visit = $state.raw<Visit>({ entry: nameEntry(), isReturn: false })
  readonly #scrolled = new ScrollMemory({
    scrollers: () =>
      new Map([
        ['', document.documentElement],
        ...[...document.querySelectorAll<HTMLElement>(`[${scrolledList}]`)].map(
          (list) => [list.getAttribute(scrolledList) ?? '', list] as const,
        ),
      ]),
    now: () => performance.now(),
    nextFrame: (callback) => {
      requestAnimationFrame(callback)
    },
  })

  constructor() {
    // The browser scrolls at once, when the page of an entry is not there yet.
    history.scrollRestoration = 'manual'
    addEventListener('hashchange', () => {
      this.#scrolled.leave(this.#visit.entry)
      const known = entryOf(history.state)
      this.#visit = { entry: known ?? nameEntry(), isReturn: known !== undefined }
      this.#route = parseHash(location.hash)
    })
    for (const kind of ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const) {
      addEventListener(kind, () => this.#scrolled.stop(), { passive: true, capture: true })
    }
  }

  get current(): Route {
    return this.#route
  }

  /** Changes with every entry of the history, and not with {@link replaceQuery}. */
  get visit(): Visit {
    return this.#visit
  }

  go(segments: readonly string[], query: Readonly<Record<string, string | undefined>> = {}): void {
    location.hash = href(segments, query)
  }

  /** Changes the query without a new entry in the history: what a filter does with every key. */
  replaceQuery(query: Readonly<Record<string, string | undefined>>): void {
    history.replaceState(history.state, '', href(this.#route.segments, query))
    this.#route = parseHash(location.hash)
  }

  /** Scrolls to where the entry that one has come back to was left, once what it shows is there. */
  restoreScroll(): void {
    this.#scrolled.restore(this.#visit.entry)
  }
}

function entryOf(state: unknown): string | undefined {
  if (typeof state !== 'object' || state === null || !('entry' in state)) return undefined
  return typeof state.entry === 'string' ? state.entry : undefined
}

/** Writes a name into the entry of the history that the browser is at. */
function nameEntry(): string {
  const entry = crypto.randomUUID()
  history.replaceState({ entry }, '')
  return entry
}

export const router = new Router()
