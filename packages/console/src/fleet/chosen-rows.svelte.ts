import { session } from '../app/session.svelte.ts'
import { nothingChosen, type Selection } from './selection.ts'

/** What is chosen in the list of the fleet. It stays while another screen is looked at, and ends with the session. */
class ChosenRows {
  #kept = $state.raw<{ readonly selection: Selection; readonly owner: unknown }>({
    selection: nothingChosen,
    owner: undefined,
  })

  get current(): Selection {
    const { selection, owner } = this.#kept
    return owner === session.current ? selection : nothingChosen
  }

  set(selection: Selection): void {
    this.#kept = { selection, owner: session.current }
  }

  clear(): void {
    this.set(nothingChosen)
  }
}

export const chosenRows = new ChosenRows()
