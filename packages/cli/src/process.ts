import { type Logger, pino } from 'pino'

/** Log lines are JSON on standard error; standard output is for people and pipes. */
export function createLogger(level: string): Logger {
  return pino({ level }, pino.destination({ fd: 2, sync: true }))
}

/** Resolves when the process is told to stop. A second signal does not wait for what is being closed. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1))
        resolve()
      })
    }
  })
}

/** Runs until the process is told to stop, then closes cleanly. */
export async function untilStopped(close: () => Promise<void>): Promise<void> {
  await stopSignal()
  await close()
}
