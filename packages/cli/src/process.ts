import { type Logger, pino } from 'pino'

/** Log lines are JSON on standard error; standard output is for people and pipes. */
export function createLogger(level: string): Logger {
  return pino({ level }, pino.destination({ fd: 2, sync: true }))
}

/** Runs until the process is told to stop, then closes cleanly. A second signal does not wait. */
export async function untilStopped(close: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1))
        resolve()
      })
    }
  })
  await close()
}
