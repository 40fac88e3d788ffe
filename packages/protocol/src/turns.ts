/** Runs work one after another, in the order it was handed in; a piece that fails fails for its own caller only. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = last.then(work)
    last = done.catch(() => 'told to its own caller')
    return done
  }
}
