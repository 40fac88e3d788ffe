// A newer Node beside the one that runs the tests: from Node 24 on the store uses the SQLite of Node itself.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './prepare.js'

const folder = join(root, 'node_modules', '.opensag-node-24')
/** The npm registry has the builds of Node as packages: nothing but the registry is reached. */
const wanted = `node-${process.platform}-${process.arch}`

export const newerNode = join(folder, 'node_modules', wanted, 'bin', 'node')
export const installCommand = `npm install --prefix ${folder} ${wanted}@24`

/** Whether Node itself is new enough already, or a newer one is there, or could be installed. */
export function installNewerNode() {
  if (Number.parseInt(process.versions.node, 10) >= 24 || existsSync(newerNode)) return
  console.error('Installing Node 24 for the tests of its SQLite …')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder, `${wanted}@24`]
  const { status } = spawnSync(npm, args, { cwd: folder, stdio: ['ignore', 2, 2] })
  if (status !== 0) console.error(`Some tests will be skipped. To run them too: ${installCommand}`)
}
