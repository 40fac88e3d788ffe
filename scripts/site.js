// `npm run site`: builds the documents as a site, in `dist/site`. What builds it is installed in `site/` then, and for nothing else.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { must, root } from './support/prepare.js'

const site = join(root, 'site')
const lock = readFileSync(join(site, 'package-lock.json'), 'utf8')
const stamp = join(site, 'node_modules/.opensag-installed')
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.error('Installing what builds the site (npm ci) …')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  must(npm, ['ci', '--prefix', site, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(stamp, lock)
}
const { status } = spawnSync(
  process.execPath,
  [join(site, 'node_modules/vitepress/bin/vitepress.js'), 'build', site, ...process.argv.slice(2)],
  { cwd: site, stdio: 'inherit' },
)
process.exitCode = status ?? 1
