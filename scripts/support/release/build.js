// Makes what a release consists of from a commit, in a folder of its own: nothing that only this checkout has gets into it.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { matching } from './artefacts.js'
import { git } from './git.js'

/**
 * @param {string} root the checkout that has the commit
 * @param {{ commit: string, wanted: object[], source: string, to: string, version: string, installed: boolean, step: (what: string) => void }} given
 *   `source` is where the sources are exported to; `installed` takes over the packages of the checkout instead of installing them anew
 */
export async function build(root, { commit, wanted, source, to, version, installed, step }) {
  step('sources of the commit')
  exportCommit(root, commit, source)
  step(installed ? 'packages of the checkout' : 'packages from the registry (npm ci)')
  if (installed) takeOverModules(root, source)
  else await run('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], source)
  const environment = { SOURCE_DATE_EPOCH: git(root, 'log', '-1', '--format=%ct', commit) }
  step('programs')
  await run(process.execPath, ['scripts/build.js'], source, environment)
  mkdirSync(to, { recursive: true })
  for (const { what, script } of wanted) {
    step(what)
    await run(process.execPath, script(to, version), source, environment)
  }
}

/** What is missing in a folder of what was wanted, a sentence each. */
export function missingFiles(wanted, folder, version) {
  const names = readdirSync(folder)
  return wanted.flatMap(({ what, files }) =>
    files(version)
      .filter((pattern) => matching(pattern, names).length === 0)
      .map((pattern) => `${what}: there is no ${pattern} in ${folder}`),
  )
}

/** As a repository, because some of what is made names its commit. */
function exportCommit(root, commit, folder) {
  git(root, 'clone', '--quiet', '--shared', '--no-checkout', root, folder)
  git(folder, 'checkout', '--quiet', '--detach', commit)
}

/** Links within them lead to the exported sources. */
function takeOverModules(root, folder) {
  const folders = ['.', ...readdirSync(join(root, 'packages')).map((name) => join('packages', name))]
  for (const modules of folders.map((name) => join(name, 'node_modules'))) {
    if (!existsSync(join(root, modules))) continue
    const hard = spawnSync('cp', ['-al', join(root, modules), join(folder, modules)])
    // On another file system.
    if (hard.status !== 0)
      cpSync(join(root, modules), join(folder, modules), { recursive: true, verbatimSymlinks: true, force: true })
  }
}

/** Runs a step to its end; what it printed is told when it fails. */
async function run(command, args, cwd, environment = {}) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`)
}
