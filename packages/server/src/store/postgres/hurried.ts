/** Statements of a transaction whose answers nobody waits for before its end. */
export interface Hurried {
  add(sent: Promise<unknown>): void
  /** What the database said of the first that it refused, as far as that is known by now. */
  refused(): { readonly error: unknown } | undefined
  /** Resolves when all are done, or one was refused. */
  done(): Promise<void>
}

export function createHurried(): Hurried {
  let refused: { readonly error: unknown } | undefined
  /** They are answered in their order. */
  let last: Promise<unknown> = Promise.resolve()

  return {
    add(sent) {
      last = sent.catch((error: unknown) => {
        refused ??= { error }
      })
    },
    refused: () => refused,
    async done() {
      await last
    },
  }
}
