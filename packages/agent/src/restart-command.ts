import type { Logger } from 'pino'
import type { Restart } from './connection-session.ts'
import { type Command, run } from './run-command.ts'

/** Programs of the system of a gateway; where one is undefined, the gateway refuses what it would be for. */
export interface RestartCommands {
  /** Reboots the machine, such as `systemctl reboot`. */
  readonly reboot: Command | undefined
  /** Brings the machine to another firmware version and restarts it. The version, four parts, is its last argument. */
  readonly upgrade: Command | undefined
}

const patienceMs = 60_000

/**
 * How a real gateway restarts. A program that takes longer than a minute is killed: one that installs something leaves that
 * to the service manager.
 */
export function restartBy({ reboot, upgrade }: RestartCommands, logger: Logger): Restart {
  return (version) => {
    const command = version === undefined ? reboot : upgrade && ([...upgrade, version] as const)
    if (command === undefined) return undefined
    return () => {
      run(command, { input: '', patience: patienceMs }).catch((error: unknown) =>
        logger.error({ err: error }, 'The program that restarts this machine failed.'),
      )
    }
  }
}
