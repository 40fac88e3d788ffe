import { keyVariables, type SampleCall, variablesOf } from './call.ts'

/** The lines that stand on top of each program: what it does, what it needs, how it is run. No value of the call is in them. */
export function header(
  call: SampleCall,
  install: readonly string[],
  run: string,
  notes: readonly string[] = [],
): readonly string[] {
  return [
    `${call.action} (${call.product} ${call.version})`,
    ...notes,
    ...install.map((line) => `Install: ${line}`),
    `Run:     ${run}`,
    `Reads:   ${variablesOf(call).join(', ')} and, for a session, ${keyVariables.token}`,
  ]
}

/** Stands in the programs of a language that no test runs. */
export const notRun: readonly string[] = ['The tests of OpenSAG do not run this program.']

export function commented(lines: readonly string[], mark: string): string {
  return lines.map((line) => `${mark} ${line}\n`).join('')
}

/** Lines one level deeper. */
export function indented(lines: readonly string[], by: string): string {
  return lines.map((line) => `${by}${line}\n`).join('')
}
