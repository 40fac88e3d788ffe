/** One wrong change that a maintainer could make, as data. It is applied in memory only; no file is touched. */
export interface Mutant {
  /** `<folder>/<name>`: unique, and the name to run it by. */
  readonly id: string
  readonly folder: string
  /** From the root of the repository. */
  readonly file: string
  /** Occurs exactly once in the file, so that a refactoring that moves the line is noticed at once. */
  readonly find: string
  readonly replace: string
  /** The test files that must notice it, the fastest first. */
  readonly tests: readonly string[]
  /** What it would break. */
  readonly breaks: string
}

export interface Change {
  readonly name: string
  readonly breaks: string
  readonly find: string
  readonly replace: string
  /** Instead of the tests of the file. */
  readonly tests?: readonly string[]
}

export interface MutatedFile {
  readonly file: string
  readonly tests: readonly string[]
  readonly changes: readonly Change[]
}

export interface Folder {
  readonly name: string
  /** The smallest share of its mutants that must be caught. */
  readonly floor: number
  readonly mutants: readonly Mutant[]
}

/** Gathers the mutants of one folder; the paths of files are from `base`, the paths of tests from the root. */
export function folder(name: string, floor: number, base: string, files: readonly MutatedFile[]): Folder {
  const mutants = files.flatMap(({ file, tests, changes }) =>
    changes.map((change) => ({
      id: `${name}/${change.name}`,
      folder: name,
      file: `${base}/${file}`,
      find: change.find,
      replace: change.replace,
      tests: change.tests ?? tests,
      breaks: change.breaks,
    })),
  )
  return { name, floor, mutants }
}

/** The text of the file with the mistake in it. Throws where the text to replace is not there exactly once. */
export function mutate(mutant: Pick<Mutant, 'id' | 'find' | 'replace' | 'file'>, text: string): string {
  const found = text.split(mutant.find).length - 1
  if (found !== 1)
    throw new Error(`${mutant.id}: its text occurs ${found} times in ${mutant.file}; it must occur once.`)
  return text.replace(mutant.find, () => mutant.replace)
}
