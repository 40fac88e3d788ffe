// `npm run bench`: install and build what is missing, then measure. What OpenSAG is measured beside is installed here and by
// nothing else: two hundred megabytes that no test and no start needs.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { must, prepare, root } from './support/prepare.js'

function installPeers() {
  const folder = join(root, 'bench', 'peers')
  const wanted = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex')
  const stamp = join(folder, 'node_modules', '.installed')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.error('Installing what is measured beside OpenSAG (npm ci in bench/peers) …')
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  must(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--prefix', folder, '--workspaces=false', ...quiet])
  writeFileSync(stamp, wanted)
}

prepare()
// Whoever asks what it can do measures nothing yet.
if (!process.argv.includes('--help') && !process.argv.includes('-h')) installPeers()
await import('../bench/dist/main.js')
