import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../support/process.ts'

/** Begins a command line whose program has the rights that these files of `deploy/systemd` leave a service, and no others. */
export function withRightsOf(...files: readonly string[]): readonly string[] {
  const sets = files.flatMap((file) => {
    const text = readFileSync(join(root, 'deploy/systemd', file), 'utf8')
    return [...text.matchAll(/^CapabilityBoundingSet=(.*)$/gm)].flatMap(([, names = '']) => names.split(' '))
  })
  if (sets.length === 0) throw new Error(`${files.join(', ')} set no rights.`)
  const rights = [...new Set(sets)].map((name) => `+${name.replace('CAP_', '').toLowerCase()}`)
  return ['setpriv', '--no-new-privs', '--bounding-set', ['-all', ...rights].join(','), '--']
}
