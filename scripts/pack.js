// `npm run pack`: builds, and makes the archives of the packages that are published, in `dist/packages` or in the folder that is named.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { filesUnder } from './support/files.js'
import { build, must, root } from './support/prepare.js'

const target = resolve(process.argv[2] ?? join(root, 'dist/packages'))
const folders = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name))
const published = folders.filter(
  (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).private !== true,
)

build()
for (const folder of published) removeStale(folder)
mkdirSync(target, { recursive: true })
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
must(npm, ['pack', '--ignore-scripts', '--loglevel=error', '--pack-destination', target, ...published])

/** The compiler deletes nothing: what it once made of a source that is gone, or with other options, would be published. */
function removeStale(folder) {
  const dist = join(folder, 'dist')
  if (!existsSync(dist)) return
  for (const file of filesUnder(dist)) {
    const [, source] = /^(.*?)(?:\.d\.ts|\.js)$/.exec(relative(dist, file)) ?? []
    const isMade = source !== undefined && existsSync(join(folder, 'src', `${source}.ts`))
    if (!isMade && !file.endsWith('.tsbuildinfo')) rmSync(file)
  }
}
