import { remember, remembered } from '../app/remembered.ts'
import { mostViews, type View, viewsIn } from './views.ts'

/** The views this browser keeps. */
class Views {
  #own = $state.raw<readonly View[]>(viewsIn(remembered('views', (text): text is string => true) ?? ''))

  get own(): readonly View[] {
    return this.#own
  }

  get isFull(): boolean {
    return this.#own.length >= mostViews
  }

  /** One of the same name is replaced. */
  keep(view: View): void {
    this.put([...this.#own.filter(({ name }) => name !== view.name), view])
  }

  forget(name: string): void {
    this.put(this.#own.filter((view) => view.name !== name))
  }

  put(views: readonly View[]): void {
    this.#own = views.slice(-mostViews)
    remember('views', JSON.stringify(this.#own))
  }
}

export const views = new Views()
