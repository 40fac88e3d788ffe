/** Statements of a transaction whose answers nobody waits for before its end. */
export interface Hurried {
  add(sent: Promise<unknown>): void
  /** Resolves when all are done, with what the database said of the first that it refused. */
  done(): Promise<{ readonly error: unknown } | undefined>
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
    async done() {
      await last
      return refused
    },
  }
}
