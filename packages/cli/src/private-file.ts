import { stat } from 'node:fs/promises'

const othersMayUse = 0o077

/** Why a file with a secret must not be used, and the cure; undefined when it is its owner's alone. */
export async function exposureOf(file: string): Promise<string | undefined> {
  if (((await stat(file)).mode & othersMayUse) === 0) return undefined
  return `${file} may be read by others. Make it yours alone: chmod 600 ${file}`
}
