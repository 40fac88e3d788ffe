import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeOf } from '../../scripts/support/nodes.js'
import { root, runToEnd } from '../support/process.ts'
import type { Command, Machine } from './box.ts'
import { withRightsOf } from './unit-rights.ts'

/** What keeps Debian packages from being built here, with what would change it; undefined when nothing does. */
export function whatPackagesNeed(): string | undefined {
  const { isThere, installCommand } = nodeOf('24')
  return isThere ? undefined : `to enable: ${installCommand}`
}

/** Builds packages as `npm run debian` does, compressed for speed. @returns their files */
export async function buildPackages(to: string, ...options: readonly string[]): Promise<readonly string[]> {
  const args = [join(root, 'scripts/debian.js'), '--quick', '--to', to, ...options]
  const { code, output, errors } = await runToEnd(process.execPath, args)
  if (code !== 0) throw new Error(`The packages could not be built: ${errors}`)
  return output.trim().split('\n')
}

/**
 * The command line of an installed unit, as systemd would run it: its user, its rights, its environment and no other, the
 * root folder. What its sandbox hides is not hidden.
 */
export function commandOfUnit(box: Machine, unit: string): Command {
  const text = readFileSync(box.path(`/usr/lib/systemd/system/${unit}`), 'utf8')
  const valuesOf = (name: string): readonly string[] =>
    [...text.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value = '']) => value)
  const [start = ''] = valuesOf('ExecStart')
  const [user = 'root'] = valuesOf('User')
  const settings = valuesOf('EnvironmentFile').map((file) => `. ${file.replace(/^-/, '')}`)
  const [setpriv = '', ...rights] = withRightsOf(unit).slice(0, -1)
  const as = [setpriv, ...rights, '--reuid', user, '--regid', user, '--init-groups', '--', 'sh', '-c'].join(' ')
  // The files are read as root.
  const script = ['set -ae', 'cd /', ...settings, `exec ${as} 'exec ${start}'`].join('\n')
  return ['env', '-i', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin', ...valuesOf('Environment'), 'sh', '-c', script]
}
