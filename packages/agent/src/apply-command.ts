import type { ApplyConfig } from './desired-config.ts'
import { type Command, run } from './run-command.ts'

const patienceMs = 60_000

/**
 * A real gateway puts a configuration in force by a program of its system. It gets it as one line of JSON on its standard
 * input (`null` when there is none to be in force) and ends with 0 when all of it is.
 */
export function applyBy(command: Command): ApplyConfig {
  return (config) => run(command, { input: `${JSON.stringify(config ?? null)}\n`, patience: patienceMs })
}
