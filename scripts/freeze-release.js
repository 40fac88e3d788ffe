// `node scripts/freeze-release.js VERSION`, before a release is tagged: from then on the steps of the schema are part of
// that release (`released.json`, held by a test), and a data folder of it is kept as text, which every later `npm test`
// upgrades (`test/upgrade`). Its programs are kept as they are built, to be run beside those of later versions. What its
// operations declare is kept too: later changes are counted from there.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepare, root } from './support/prepare.js'
import { surfacesFolder } from './support/surfaces.js'

const released = join(root, 'packages/server/src/store/migrations/released.json')
const [version] = process.argv.slice(2)
if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version ?? '')) {
  console.error('Usage: node scripts/freeze-release.js VERSION, for example 0.2.0')
  process.exit(2)
}
const releases = existsSync(released) ? JSON.parse(readFileSync(released, 'utf8')) : []
if (releases.some((release) => release.version === version)) {
  console.error(`${version} is frozen already. A release never changes; give the next one its own version.`)
  process.exit(1)
}

prepare()
const { stepChecksums } = await import('../packages/server/dist/store/migrations/checksums.js')
const { apis } = await import('../packages/server/dist/apis/registry.js')
const { freezeSurface } = await import('../packages/server/dist/reference/history/frozen-files.js')
const { surfaceOf } = await import('../packages/server/dist/reference/history/surface.js')
const { folderOfThisVersion, textOf } = await import('./support/stored-folder.js')
const { storePrograms } = await import('./support/stored-programs.js')

const known = new Set(releases.flatMap(({ steps }) => Object.keys(steps)))
const added = Object.entries(await stepChecksums()).filter(([name]) => !known.has(name))
const stored = await folderOfThisVersion(version)
const empty = Object.keys(stored.tables).filter((name) => stored.tables[name].rows.length === 0)
if (empty.length > 0) console.error(`No row of ${empty.join(', ')} is kept: an upgrade of them is not tried.`)
freezeSurface(surfacesFolder, { version, date: new Date().toISOString().slice(0, 10) }, surfaceOf([...apis.values()]))
writeFileSync(join(root, `test/upgrade/${version}.folder.json`), textOf(stored))
storePrograms(version)
writeFileSync(released, `${JSON.stringify([...releases, { version, steps: Object.fromEntries(added) }], null, 2)}\n`)
console.log(
  `${version}: ${added.length} steps and what the operations declare are frozen, a folder of it and its programs are in test/upgrade.`,
)
console.log('Run `npm run docs`: the change history of the operations names the release now.')
