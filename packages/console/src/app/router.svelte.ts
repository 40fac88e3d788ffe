import { href, parseHash, type Route } from './route.ts'

class Router {
  #route = $state.raw<Route>(parseHash(location.hash))

  constructor() {
    addEventListener('hashchange', () => {
      this.#route = parseHash(location.hash)
    })
  }

  get current(): Route {
    return this.#route
  }

  go(segments: readonly string[], query: Readonly<Record<string, string | undefined>> = {}): void {
    location.hash = href(segments, query)
  }

  /** Changes the query without a new entry in the history: what a filter does with every key. */
  replaceQuery(query: Readonly<Record<string, string | undefined>>): void {
    history.replaceState(null, '', href(this.#route.segments, query))
    this.#route = parseHash(location.hash)
  }
}

export const router = new Router()
