import { remember, remembered } from './remembered.ts'

const isChoice = (text: string): text is 'on' | 'off' => text === 'on' || text === 'off'

/** Whether keys without Ctrl do something; WCAG 2.1.4 wants a switch, for those who dictate. */
class SingleKeys {
  #on = $state(remembered('keys', isChoice) !== 'off')

  get on(): boolean {
    return this.#on
  }

  choose(on: boolean): void {
    this.#on = on
    remember('keys', on ? 'on' : 'off')
  }
}

export const singleKeys = new SingleKeys()
