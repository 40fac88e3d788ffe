import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root, runToEnd } from '../support/process.ts'

/** A repository of its own, of the files of this checkout as they are now, with one commit. */
export interface Copy {
  readonly folder: string
  /** Runs `npm run release` in it. */
  release(options: readonly string[], input?: string): ReturnType<typeof runToEnd>
  git(...args: readonly string[]): string
  read(file: string): string
  write(file: string, text: string): void
  /** Changes files and commits that. */
  commit(changes?: Readonly<Record<string, string>>): void
}

export function copyCheckout(folder: string): Copy {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
  const files = listed.toString().split('\0').filter(Boolean)
  for (const file of files.filter((name) => existsSync(join(root, name)))) {
    mkdirSync(join(folder, dirname(file)), { recursive: true })
    cpSync(join(root, file), join(folder, file))
  }
  // What is installed here is taken over by `--installed`; links within it lead to the packages of the copy.
  for (const modules of ['node_modules', 'packages/console/node_modules']) {
    if (existsSync(join(root, modules))) execFileSync('cp', ['-al', join(root, modules), join(folder, modules)])
  }
  const git: Copy['git'] = (...args) => {
    const own = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false']
    return execFileSync('git', [...own, ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim()
  }
  const copy: Copy = {
    folder,
    git,
    release: (options, input = '') =>
      runToEnd('npm', ['run', '--silent', 'release', '--', ...options], { cwd: folder, input }),
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    write: (file, text) => writeFileSync(join(folder, file), text),
    commit(changes = {}) {
      for (const [file, text] of Object.entries(changes)) copy.write(file, text)
      git('add', '--all')
      git('commit', '--quiet', '--allow-empty', '--message', 'Test')
    },
  }
  git('init', '--quiet')
  copy.commit()
  return copy
}
