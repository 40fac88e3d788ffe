import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from '../../support/process.ts'

export interface Step {
  /** From the root of the repository. */
  readonly file: string
  readonly text: string
}

/** The files of a recipe in CONTRIBUTING.md, and what it puts into each. */
export async function stepsOf(title: string): Promise<readonly Step[]> {
  const all = await readFile(join(root, 'CONTRIBUTING.md'), 'utf8')
  const [, rest = ''] = all.split(`\n### ${title}\n`)
  const recipe = rest.split(/^##/m, 1)[0] ?? ''
  const steps = recipe.matchAll(/^ {3}`(?<file>\S+)`\n\n```ts\n(?<text>.*?)^```$/gms)
  return [...steps].map(({ groups }) => ({ file: groups?.['file'] ?? '', text: groups?.['text'] ?? '' }))
}

export interface Copy {
  readonly folder: string
  /** Runs test files of the copy. Its exit code, and what it printed. */
  test(...files: readonly string[]): Promise<{ readonly code: number | null; readonly printed: string }>
  remove(): Promise<void>
}

/** The sources in a folder of their own, in which packages of ours are those of the copy. */
export async function copyOfTheTree(): Promise<Copy> {
  const folder = await mkdtemp(join(tmpdir(), 'opensag-recipe-'))
  for (const name of ['packages', 'test', 'package.json', 'vitest.config.ts', 'tsconfig.base.json']) {
    const filter = (source: string): boolean => !/\/(node_modules|dist|bundle)$/.test(source)
    await cp(join(root, name), join(folder, name), { recursive: true, filter })
  }
  // No test of a recipe starts the program.
  await writeFile(join(folder, 'test/support/fresh-bundle.ts'), 'export function setup(): void {}\n')
  const modules = join(folder, 'node_modules')
  await mkdir(join(modules, '@opensag'), { recursive: true })
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (name !== '@opensag' && !name.startsWith('.'))
      await symlink(join(root, 'node_modules', name), join(modules, name))
  }
  for (const name of await readdir(join(root, 'packages'))) {
    await symlink(join(folder, 'packages', name), join(modules, '@opensag', name))
  }

  return {
    folder,
    remove: () => rm(folder, { recursive: true }),
    test: (...files) =>
      new Promise((resolve, reject) => {
        const command = [
          join(root, 'node_modules/vitest/vitest.mjs'),
          'run',
          '--root',
          folder,
          '--project',
          'SQLite*',
          ...files,
        ]
        const child = spawn(process.execPath, command, { cwd: folder, env: { ...process.env, NO_COLOR: '1' } })
        const printed: string[] = []
        for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => printed.push(String(text)))
        child.once('error', reject)
        child.once('close', (code) => resolve({ code, printed: printed.join('') }))
      }),
  }
}

/** Follows one step: a file that is there gets the lines at their place, any other is new. */
export async function follow(copy: Copy, { file, text }: Step): Promise<void> {
  const path = join(copy.folder, file)
  const before = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, before === undefined ? text : withLines(before, text))
}

function withLines(before: string, text: string): string {
  const [heading = '', ...lines] = before.trimEnd().split('\n')
  const pathOf = (line: string): string => line.slice(line.indexOf("'"), line.lastIndexOf('.ts'))
  const sorted = [...lines, ...text.trimEnd().split('\n')].sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1))
  return `${[heading, ...sorted].join('\n')}\n`
}
