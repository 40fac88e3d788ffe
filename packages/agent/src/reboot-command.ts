import type { Logger } from 'pino'
import type { Restart } from './connection-session.ts'
import { type Command, run } from './run-command.ts'

const patienceMs = 60_000

/**
 * A real gateway reboots by a program of its system, such as `systemctl reboot`. That changes no firmware, so an upgrade
 * is nothing it can do.
 */
export function rebootBy(command: Command, logger: Logger): Restart {
  return (version) => {
    if (version !== undefined) return undefined
    return () => {
      run(command, { input: '', patience: patienceMs }).catch((error: unknown) =>
        logger.error({ err: error }, 'The program that reboots this machine failed.'),
      )
    }
  }
}
