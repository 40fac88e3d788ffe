/** The page draws sixty times a second; this leaves it most of the time. */
const sliceMs = 8

interface Around {
  readonly now: () => number
  /** Calls back when the page has had its turn; returns how to have it forgotten. */
  readonly later: (callback: () => void) => () => void
}

const page: Around = {
  now: () => performance.now(),
  later(callback) {
    const timer = setTimeout(callback)
    return () => clearTimeout(timer)
  },
}

/** Does the work some milliseconds at a time, and tells what came of it. Returns how to give it up. */
export function inSlices<T>(
  work: Generator<undefined, T>,
  done: (value: T) => void,
  { now, later }: Around = page,
): () => void {
  let cancel = later(slice)
  function slice(): void {
    const end = now() + sliceMs
    for (;;) {
      const step = work.next()
      if (step.done === true) {
        done(step.value)
        return
      }
      if (now() >= end) break
    }
    cancel = later(slice)
  }
  return () => cancel()
}
