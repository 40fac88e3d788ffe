import { session } from '../app/session.svelte.ts'
import { nothingChosen, type Selection } from './selection.ts'

/** What is chosen in the list of the fleet. It stays while another screen is looked at, and ends with the session. */
class ChosenRows {
  #current = $state.raw<Selection>(nothingChosen)
  #owner: unknown

  get current(): Selection {
    return this.#owner === session.current ? this.#current : nothingChosen
  }

  set(selection: Selection): void {
    this.#owner = session.current
    this.#current = selection
  }

  clear(): void {
    this.set(nothingChosen)
  }
}

export const chosenRows = new ChosenRows()
