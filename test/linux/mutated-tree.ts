import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../support/process.ts'

/** One wrong change to the built program. */
export interface BuiltMutant {
  readonly name: string
  /** Below `packages`. */
  readonly file: string
  /** Stands exactly once in the file. */
  readonly find: string
  readonly replace: string
}

export interface MutatedTree {
  /** Its command line program. */
  readonly program: string
  remove(): void
}

/** A copy of the built program that has these mistakes. @throws when a text to be replaced does not stand there once. */
export function makeMutatedTree(mutants: readonly BuiltMutant[]): MutatedTree {
  const folder = mkdtempSync(join(tmpdir(), 'opensag-mutant-'))
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '@opensag'), { recursive: true })
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@opensag') symlinkSync(join(root, 'node_modules', name), join(modules, name))
  }
  for (const name of readdirSync(join(root, 'packages'))) {
    const [from, to] = [join(root, 'packages', name), join(folder, 'packages', name)]
    // Tests and sources are not part of what runs; of a bundle the text to replace would be in a file of another name.
    for (const part of ['package.json', 'dist']) {
      if (existsSync(join(from, part))) cpSync(join(from, part), join(to, part), { recursive: true })
    }
    symlinkSync(to, join(modules, '@opensag', name))
  }
  for (const { name, file, find, replace } of mutants) {
    const path = join(folder, 'packages', file)
    const parts = readFileSync(path, 'utf8').split(find)
    if (parts.length !== 2) throw new Error(`${name}: the text to replace stands ${parts.length - 1} times in ${file}.`)
    writeFileSync(path, parts.join(replace))
  }
  return {
    program: join(folder, 'packages/cli/dist/main.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
