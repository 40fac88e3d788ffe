/** Runs one piece of work at a time, in the order of the calls. A failure reaches only the caller of that piece. */
export type Mutex = <T>(work: () => Promise<T>) => Promise<T>

export function createMutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = last.then(work)
    last = done.catch(() => 'reported to the caller of that piece')
    return done
  }
}
