// Other releases of Node beside the one that runs the tests: the oldest that is supported, and those that people have.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './prepare.js'

/** The npm registry has the builds of Node as packages: nothing but the registry is reached. */
const build = `node-${process.platform}-${process.arch}`
/** Of each release line, the version to install. From 24 on the store uses the SQLite of Node itself. */
const versions = { 20.19: '20.19.0', 22: '22', 24: '24' }

/** Release lines that the tests try. */
export const nodes = Object.entries(versions).map(([line, version]) => {
  const folder = join(root, 'node_modules', `.opensag-node-${line}`)
  const isOwn = process.versions.node.startsWith(`${line}.`)
  const node = isOwn ? process.execPath : join(folder, 'node_modules', build, 'bin', 'node')
  const installCommand = `npm install --prefix ${folder} ${build}@${version}`
  return { line, folder, version, node, isThere: existsSync(node), installCommand }
})

/** Installs those of these lines that are not there, or of all. One that cannot be installed is told of; its tests are skipped. */
export function installNodes(...lines) {
  for (const { line, folder, version, isThere, installCommand } of nodes) {
    if (isThere || (lines.length > 0 && !lines.includes(line))) continue
    console.error(`Installing Node ${line} …`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    const args = ['install', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder, `${build}@${version}`]
    const { status } = spawnSync(npm, args, { cwd: folder, stdio: ['ignore', 2, 2] })
    if (status !== 0) console.error(`Some tests will be skipped. To run them too: ${installCommand}`)
  }
}

/** The one of a release line. */
export function nodeOf(wanted) {
  return nodes.find(({ line }) => line === wanted)
}
