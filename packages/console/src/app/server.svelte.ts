/** What the page learns of the server it belongs to. */
class ServerFacts {
  #isSandbox = $state(false)

  get isSandbox(): boolean {
    return this.#isSandbox
  }

  set isSandbox(value: boolean) {
    this.#isSandbox = value
  }
}

export const server = new ServerFacts()
