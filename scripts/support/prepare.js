// Plain JavaScript with nothing but Node: it runs before anything is installed or built.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { filesUnder } from './files.js'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

const floor = [20, 19]

/** Runs a command of the tool chain and ends the program when it fails: its own output says why. */
export function must(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] })
  if (error) {
    console.error(`Could not run ${command}: ${error.message}`)
    process.exit(1)
  }
  if (status !== 0) process.exit(status ?? 1)
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > floor[0] || (major === floor[0] && minor >= floor[1])) return
  console.error(`OpenSAG needs Node.js ${floor.join('.')} or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

/** Installs exactly what the lock file says, and only when that differs from what is there. */
function install() {
  const lock = readFileSync(join(root, 'package-lock.json'))
  const wanted = createHash('sha256').update(lock).update(process.platform).update(process.arch).digest('hex')
  const stamp = join(root, 'node_modules', '.opensag-installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.error('Installing dependencies (npm ci) …')
  must(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(stamp, wanted)
}

/** The compiler builds only what changed. */
export function compile() {
  must(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b'])
}

/** The web console, when what it is made of has changed. Hashing its sources takes a few milliseconds, building a second. */
function buildConsole() {
  const folder = join(root, 'packages', 'console')
  const wanted = hashOf([
    join(root, 'package-lock.json'),
    ...['index.html', 'vite.config.ts', 'svelte.config.js'].map((name) => join(folder, name)),
    ...filesUnder(join(folder, 'build')),
    ...filesUnder(join(folder, 'src')),
    ...['rotation', 'rules', 'smartag-client'].flatMap((name) => filesUnder(join(root, 'packages', name, 'src'))),
  ])
  const stamp = join(folder, 'dist', '.built')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  must(process.execPath, [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn', folder])
  writeFileSync(stamp, wanted)
}

/** The programs as they are published, when something they are made of has changed. Takes a second. */
function buildBundle() {
  const packages = ['agent', 'chaos', 'cli', 'protocol', 'rotation', 'rules', 'server', 'smartag-client', 'testing']
  const wanted = hashOf([
    join(root, 'package-lock.json'),
    join(root, 'scripts', 'bundle.js'),
    ...filesUnder(join(root, 'scripts', 'support')),
    ...filesUnder(join(root, 'packages', 'console', 'dist')),
    ...packages.map((name) => join(root, 'packages', name, 'package.json')),
    ...packages.flatMap((name) => filesUnder(join(root, 'packages', name, 'src'))).filter(isPublished),
  ])
  const stamp = join(root, 'packages', 'cli', 'bundle', '.built')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  must(process.execPath, [join(root, 'scripts', 'bundle.js')])
  writeFileSync(stamp, wanted)
}

const isPublished = (file) => !/\.(test|suite)\.ts$/.test(file)

function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/** For who runs the program only: the compiler, which takes longest, has no part in it. */
export function prepareProgram() {
  checkNode()
  install()
  buildProgram()
}

/** What `opensag` runs. */
export function buildProgram() {
  buildConsole()
  buildBundle()
}

export function prepare() {
  checkNode()
  install()
  build()
}

export function build() {
  compile()
  buildProgram()
}
