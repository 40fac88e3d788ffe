import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fill } from '../../../deploy/fill.mjs'
import { root } from '../../support/process.ts'

export type Values = Readonly<Record<string, string | number>>

/** What deploy/ has, filled for this cluster. */
export function filled(file: string, values: Values): string {
  return fill(readFileSync(join(root, 'deploy', file), 'utf8'), values)
}

/** Writes what deploy/ has, filled, as `name` of that folder. */
export function configure(folder: string, name: string, file: string, values: Values): string {
  const path = join(folder, name)
  writeFileSync(path, filled(file, values), { mode: 0o600 })
  return path
}
