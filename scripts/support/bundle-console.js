// The web console inside a bundle.
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { root } from './prepare.js'

/**
 * Copies what was built of it. Of files that are there packed the packed ones suffice: the server unpacks them for the few
 * clients that take no packing.
 *
 * @returns the modules it was made of
 */
export function copyConsole(from, to) {
  if (!existsSync(from)) return []
  const isNeeded = (file) => !basename(file).startsWith('.') && !existsSync(`${file}.gz`)
  cpSync(from, to, { recursive: true, filter: isNeeded })
  return JSON.parse(readFileSync(join(from, '.modules.json'), 'utf8')).map((file) => join(root, file))
}
