import { clock } from './clock.ts'

/** What the page learns of the server it belongs to. */
class ServerFacts {
  #isSandbox = $state(false)

  get isSandbox(): boolean {
    return this.#isSandbox
  }

  /** Learns them, and how late it is there. */
  async ask(): Promise<void> {
    const began = Date.now()
    const response = await fetch('/healthz', { cache: 'no-store', credentials: 'omit' })
    clock.set(Date.parse(response.headers.get('date') ?? ''), began)
    this.#isSandbox = ((await response.json()) as { readonly sandbox?: boolean }).sandbox === true
  }
}

export const server = new ServerFacts()
