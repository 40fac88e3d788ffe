import { type Logger, pino } from 'pino'

/** Log lines are JSON on standard error; standard output is for people and pipes. */
export function createLogger(level: string): Logger {
  return pino({ level }, pino.destination({ fd: 2, sync: true }))
}

/**
 * Resolves when the process is told to stop, or loses its terminal. A second signal does not wait for what is being
 * closed.
 */
export function stopSignal(signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of signals) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1))
        resolve()
      })
    }
  })
}

/**
 * SIGHUP reloads instead of ending the process, from this moment on. One that comes before `from` is obeyed then; of
 * several that come during a reload, one more follows it.
 */
export function reloadOnHangup(): { from(reload: () => Promise<void>): void } {
  let reload: (() => Promise<void>) | undefined
  let isWanted = false
  let isRunning = false
  async function run(): Promise<void> {
    if (isRunning || reload === undefined) return
    isRunning = true
    while (isWanted) {
      isWanted = false
      await reload()
    }
    isRunning = false
  }
  process.on('SIGHUP', () => {
    isWanted = true
    void run()
  })
  return {
    from(given) {
      reload = given
      void run()
    },
  }
}

/** Runs until the process is told to stop, then closes cleanly. */
export async function untilStopped(close: () => Promise<void>): Promise<void> {
  await stopSignal()
  await close()
}
