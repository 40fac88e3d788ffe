/** Where calls come in, so that a server that stops takes no more of them and knows when the last has been answered. */
export interface CallGate {
  /** @returns tells that the call has been answered; undefined when no more are taken */
  enter(): (() => void) | undefined
  /** Takes no more calls from now on; resolves when all that were taken have been answered. */
  close(): Promise<void>
}

export function createCallGate(): CallGate {
  let inside = 0
  let closing: Promise<void> | undefined
  let isEmpty = (): void => {}

  function leave(): void {
    inside--
    if (inside === 0) isEmpty()
  }

  return {
    enter() {
      if (closing !== undefined) return undefined
      inside++
      return leave
    },
    close() {
      closing ??= new Promise((resolve) => {
        isEmpty = resolve
        if (inside === 0) resolve()
      })
      return closing
    },
  }
}
