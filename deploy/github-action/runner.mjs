// What a runner of GitHub Actions gives a step and takes from it: inputs in the environment, files for what it sets, and lines
// on standard output that are commands.
import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { EOL } from 'node:os'

export function input(name) {
  return (process.env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '').trim()
}

/** From now on the runner shows it as ***. */
export function mask(secret) {
  process.stdout.write(`::add-mask::${secret}${EOL}`)
}

export const setOutput = (name, value) => append('GITHUB_OUTPUT', name, value)
export const setEnvironment = (name, value) => append('GITHUB_ENV', name, value)

/** For the step at the end of the job. */
export const save = (name, value) => append('GITHUB_STATE', name, value)

/** What {@link save} kept, or an empty text. */
export function saved(name) {
  return process.env[`STATE_${name}`] ?? ''
}

/** The step fails, with this as its annotation. */
export function fail(message) {
  process.stdout.write(
    `::error::${message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}${EOL}`,
  )
  process.exitCode = 1
}

/** The delimiter is one that no value can contain by intent. */
function append(variable, name, value) {
  const delimiter = `opensag_${randomUUID()}`
  appendFileSync(process.env[variable], `${name}<<${delimiter}${EOL}${value}${EOL}${delimiter}${EOL}`)
}
