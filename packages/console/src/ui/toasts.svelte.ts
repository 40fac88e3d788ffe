export interface Toast {
  readonly id: number
  readonly text: string
}

/** Short words about something that went well; what went wrong stands where it was tried. */
class Toasts {
  #list = $state.raw<readonly Toast[]>([])
  #next = 0

  get list(): readonly Toast[] {
    return this.#list
  }

  say(text: string): void {
    const toast = { id: this.#next++, text }
    this.#list = [...this.#list, toast]
    setTimeout(() => this.dismiss(toast.id), 6000)
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((toast) => toast.id !== id)
  }
}

export const toasts = new Toasts()
