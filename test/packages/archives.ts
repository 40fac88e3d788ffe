import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import type { TriedNode } from '../../scripts/support/nodes.js'
import { artefacts } from '../support/artefacts.ts'
import { type Running, running, runToEnd } from '../support/process.ts'

/** The packages that are published, as `npm run pack` makes them, and a folder to install them in. */
export interface Archives {
  readonly folder: string
  readonly files: readonly string[]
  remove(): Promise<void>
}

export async function packAll(): Promise<Archives> {
  const files = await artefacts('npm')
  const folder = await mkdtemp(join(tmpdir(), 'opensag-packages-'))
  return { folder, files, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** What `npm install --global` made of them, with an empty folder to work in. */
export interface Installation {
  /** The folder that has `node_modules`: programs in it find the packages. */
  readonly library: string
  /** Runs a line of a shell in the empty folder, where `node` is the Node of the installation. */
  run(line: string, input?: string): ReturnType<typeof runToEnd>
  /** The same for a program that goes on. */
  start(program: string): Running
}

/** Installs them with that Node, away from the packages of this checkout. */
export async function install({ folder, files }: Archives, { line, node }: TriedNode): Promise<Installation> {
  const prefix = join(folder, line)
  const cwd = join(prefix, 'empty')
  await mkdir(cwd, { recursive: true })
  const environment = {
    ...withoutOwn(),
    PATH: [dirname(node), join(prefix, 'bin'), process.env['PATH']].join(delimiter),
    npm_config_prefix: prefix,
    npm_config_update_notifier: 'false',
    // What was compiled is kept beside the installation.
    XDG_CACHE_HOME: prefix,
    OPENSAG_PORT: '0',
  }
  const run: Installation['run'] = (text, input = '') => runToEnd('sh', ['-c', text], { cwd, input, environment })
  const options = '--global --prefer-offline --no-audit --no-fund --loglevel=error'
  const { code, errors } = await run(`npm install ${options} ${files.map((file) => `'${file}'`).join(' ')}`)
  if (code !== 0) throw new Error(`npm install with Node ${line}: ${errors}`)
  return {
    library: join(prefix, 'lib'),
    run,
    start: (program) =>
      running(spawn('sh', ['-c', `exec ${program}`], { cwd, env: { ...process.env, ...environment } }), program),
  }
}

/** What `npm test` and vitest tell their programs of themselves is not for others. */
function withoutOwn(): Record<string, undefined> {
  const own = /^(npm_|OPENSAG_|VITEST|NODE_(OPTIONS|ENV|COMPILE_CACHE)$)/
  return Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => own.test(name))
      .map((name) => [name, undefined]),
  )
}
