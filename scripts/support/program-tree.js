// The program with a Node of its own, as packages of the system and images hold it.
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesUnder } from './files.js'
import { must, root } from './prepare.js'

const cli = join(root, 'packages/cli')

/**
 * Makes a folder with `node`, stripped of what only debuggers read, and the program beside it: `bin/opensag.js`.
 *
 * @param {string} folder
 * @param {{ node: string, isOfAgent: boolean }} given `isOfAgent`: with the commands of a gateway only
 */
export function copyProgram(folder, { node, isOfAgent }) {
  mkdirSync(folder, { recursive: true })
  execFileSync('strip', ['--strip-all', '-o', join(folder, 'node'), node])
  chmodSync(join(folder, 'node'), 0o755)
  cpSync(join(cli, 'bin'), join(folder, 'bin'), { recursive: true })
  // It is started by the Node beside it.
  const start = join(folder, 'bin/opensag.js')
  writeFileSync(start, readFileSync(start, 'utf8').replace(/^#!.*/, ''))
  const bundle = join(folder, 'bundle')
  if (isOfAgent) must(process.execPath, [join(root, 'scripts/bundle.js'), '--agent', bundle])
  else cpSync(join(cli, 'bundle'), bundle, { recursive: true, filter: (file) => !/\.(built|1)$/.test(file) })
  const { name, version, type } = JSON.parse(readFileSync(join(cli, 'package.json'), 'utf8'))
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ name, version, type }, null, 2)}\n`)
  for (const module of nativeModules()) {
    const from = join(root, 'node_modules', module)
    cpSync(from, join(folder, 'node_modules', module), { recursive: true, dereference: true })
  }
  for (const file of filesUnder(folder)) if (!file.endsWith('/node')) chmodSync(file, 0o644)
}

/** What hashes passwords, compiled for this machine. The store needs nothing: SQLite is in Node. */
function nativeModules() {
  const compiled = `@node-rs/argon2-linux-${process.arch}-gnu`
  if (!existsSync(join(root, 'node_modules', compiled))) throw new Error(`${compiled} is not installed.`)
  return ['@node-rs/argon2', compiled]
}
