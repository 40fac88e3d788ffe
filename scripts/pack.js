// `npm run pack`: builds, and makes the archives of the packages that are published, in `dist/packages` or in the folder that is named.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build, must, root } from './support/prepare.js'

const target = resolve(process.argv[2] ?? join(root, 'dist/packages'))
const folders = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name))
const published = folders.filter(
  (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).private !== true,
)

build()
mkdirSync(target, { recursive: true })
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
must(npm, ['pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', target, ...published])
