import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../support/process.ts'

const ending = '.programs.tgz'

/** The releases whose programs are kept as they were built, oldest first. */
export const storedPrograms: readonly string[] = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(ending))
  .map((name) => name.slice(0, -ending.length))
  .sort(new Intl.Collator('en', { numeric: true }).compare)

const { version: ownVersion } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly version: string
}

/** The latest release before the version of this checkout. */
export const releaseBefore: string = storedPrograms.filter((version) => version !== ownVersion).at(-1) ?? ''

/** Lays the programs of a release out in a folder; answers the file that is its `opensag`. */
export function layOutPrograms(version: string, folder: string): string {
  // Paths inside the archive begin with the version.
  execFileSync('tar', ['-xzf', join(import.meta.dirname, `${version}${ending}`), '-C', folder])
  // What is compiled for a machine is not kept with a release: it finds what is installed here.
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return join(folder, version, 'cli/bundle/main.js')
}
