/** Where the layout of phones begins, as the style sheets have it. */
const media = matchMedia('(max-width: 719px)')

class Phone {
  #current = $state(media.matches)

  constructor() {
    media.addEventListener('change', () => {
      this.#current = media.matches
    })
  }

  /** The window is as narrow as a phone. */
  get current(): boolean {
    return this.#current
  }
}

export const phone = new Phone()
