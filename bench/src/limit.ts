/** The time is up: whatever was being measured has to end. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime'
}

/** What `work` comes to, or OutOfTime after so many milliseconds. The work itself is not stopped by it. */
export async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new OutOfTime(`${what} took more than ${ms / 1000} s.`)), ms)
  })
  try {
    return await Promise.race([work, timeout])
  } finally {
    clearTimeout(timer)
  }
}
