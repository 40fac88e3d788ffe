export interface Said {
  readonly text: string
  /** It says what did not happen. */
  readonly isBad?: boolean
}

export interface Toast extends Said {
  readonly id: number
  /** Takes back what it speaks of, and says what came of it. */
  readonly undo?: (() => Promise<Said>) | undefined
}

/** Milliseconds; longer where there is something to decide. */
const spans = { said: 6_000, undoable: 12_000 } as const

/** Short words about something that went well; what went wrong stands where it was tried. */
class Toasts {
  #list = $state.raw<readonly Toast[]>([])
  #next = 0
  #timers = new Map<number, ReturnType<typeof setTimeout>>()
  #held = new Set<number>()
  /** What is being undone: its outcome is still to be told. */
  #busy = new Set<number>()

  get list(): readonly Toast[] {
    return this.#list
  }

  say(text: string, undo?: () => Promise<Said>): void {
    const toast = { id: this.#next++, text, undo }
    this.#list = [...this.#list, toast]
    this.#time(toast.id)
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id))
    this.#timers.delete(id)
    this.#held.delete(id)
    this.#list = this.#list.filter((toast) => toast.id !== id)
  }

  clear(): void {
    for (const { id } of this.#list) this.dismiss(id)
  }

  /** Keeps it while somebody is at it. */
  hold(id: number): void {
    this.#held.add(id)
    this.#time(id)
  }

  release(id: number): void {
    this.#held.delete(id)
    this.#time(id)
  }

  /** Undoes what a toast speaks of, of several the last. False where there is nothing to undo. */
  undo(id = this.#list.findLast(({ undo }) => undo !== undefined)?.id): boolean {
    const toast = this.#list.find((one) => one.id === id)
    if (toast?.undo === undefined) return false
    // Pressed twice it is undone once.
    this.#put({ id: toast.id, text: toast.text })
    this.#busy.add(toast.id)
    this.#time(toast.id)
    const failed = (error: unknown): Said => ({ text: String(error), isBad: true })
    void toast
      .undo()
      .catch(failed)
      .then((said) => {
        this.#busy.delete(toast.id)
        this.#put({ id: toast.id, ...said })
        this.#time(toast.id)
      })
    return true
  }

  /** From now on; it has no time while somebody is at it, and while it is being undone. */
  #time(id: number): void {
    const toast = this.#list.find((one) => one.id === id)
    clearTimeout(this.#timers.get(id))
    if (toast === undefined || this.#held.has(id) || this.#busy.has(id)) return
    const span = toast.undo === undefined && toast.isBad !== true ? spans.said : spans.undoable
    this.#timers.set(
      id,
      setTimeout(() => this.dismiss(id), span),
    )
  }

  #put(toast: Toast): void {
    this.#list = this.#list.map((one) => (one.id === toast.id ? toast : one))
  }
}

export const toasts = new Toasts()
