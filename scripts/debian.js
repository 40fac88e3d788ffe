// `npm run debian`: makes the packages `opensag-server` and `opensag-agent` for Debian 12 and newer, and Ubuntu, in `dist/`.
// Nothing but the program that is built here and a Node that is here goes into them; needs `dpkg-deb`.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { makeTree } from './support/debian-tree.js'
import { architecture, epochOfSources, nodeToPack, stop, version } from './support/packed.js'
import { buildProgram, root } from './support/prepare.js'

const usage = `Usage: npm run debian -- [options]
  --to FOLDER      where the packages are put (dist)
  --only NAME      opensag-server or opensag-agent
  --node FILE      the Node that goes into them, 24 or newer (a Node 24 of the npm registry)
  --revision N     revision of the package (1)
  --quick          compressed in seconds instead of a minute, twice as large`

const { values } = parseArgs({
  options: {
    to: { type: 'string', default: join(root, 'dist') },
    only: { type: 'string' },
    node: { type: 'string' },
    revision: { type: 'string', default: '1' },
    quick: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(usage)
  process.exit(0)
}

const names = ['opensag-server', 'opensag-agent'].filter((name) => (values.only ?? name) === name)
if (names.length === 0 || !/^\d[\w.]*$/.test(values.revision)) stop(usage, 2)
if (process.platform !== 'linux' || architecture === undefined) stop('Packages are made on Linux, x64 or arm64.', 1)

buildProgram()
const node = nodeToPack(values.node)
// "~" comes before everything: an alpha is older than its release.
const debianVersion = `${version.replace('-', '~')}-${values.revision}`
const epoch = epochOfSources()
const compression = values.quick ? ['-Zgzip', '-z1'] : ['-Zxz']

const work = mkdtempSync(join(tmpdir(), 'opensag-debian-'))
try {
  mkdirSync(resolve(values.to), { recursive: true })
  for (const name of names) {
    const tree = join(work, name)
    await makeTree(tree, { name, version: debianVersion, architecture, node, epoch })
    const file = join(resolve(values.to), `${name}_${debianVersion}_${architecture}.deb`)
    const env = { ...process.env, SOURCE_DATE_EPOCH: String(epoch) }
    const build = [...compression, '--root-owner-group', '--threads-max=1', '--build', tree, file]
    execFileSync('dpkg-deb', build, { stdio: ['ignore', 'ignore', 'inherit'], env })
    rmSync(tree, { recursive: true })
    console.log(file)
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}
