// `npm run image`: makes the images `opensag` and `opensag-agent` in `dist/`, from nothing but the program that is built here, a Node and the
// libraries of this machine, as deploy/*/Dockerfile say. Needs neither Docker nor root, but a Debian or Ubuntu, for its libraries.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readDockerfile, withArguments } from './support/dockerfile.js'
import { layerOf, writeImage } from './support/image-archive.js'
import { imageUser, makeTrees } from './support/image-trees.js'
import { architecture, epochOfSources, nodeToPack, revisionOfSources, stop, version } from './support/packed.js'
import { buildProgram, root } from './support/prepare.js'

const usage = `Usage: npm run image -- [options]
  --to FOLDER        where the archives are put (dist)
  --only NAME        opensag or opensag-agent
  --node FILE        the Node that goes into them, 24 or newer (a Node 24 of the npm registry)
  --tag TAG          tag of the images (the version)
  --contexts FOLDER  also make a context for "docker build" of each, in this folder`

const { values } = parseArgs({
  options: {
    to: { type: 'string', default: join(root, 'dist') },
    only: { type: 'string' },
    node: { type: 'string' },
    tag: { type: 'string', default: version },
    contexts: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  console.log(usage)
  process.exit(0)
}

const names = ['opensag', 'opensag-agent'].filter((name) => (values.only ?? name) === name)
if (names.length === 0 || !/^[\w][\w.-]{0,127}$/.test(values.tag)) stop(usage, 2)
if (process.platform !== 'linux' || architecture === undefined) stop('Images are made on Linux, x64 or arm64.', 1)

buildProgram()
const epoch = epochOfSources()
const args = { VERSION: values.tag, REVISION: revisionOfSources(), CREATED: new Date(epoch * 1000).toISOString() }
const work = mkdtempSync(join(tmpdir(), 'opensag-image-'))
try {
  mkdirSync(resolve(values.to), { recursive: true })
  makeTrees(work, { names, node: nodeToPack(values.node) })
  // Whatever the sources are: who has it from another release, or from the other image, need not load it again.
  const base = layerOf(join(work, 'base'), { epoch: 1 })
  for (const name of names) {
    const owned = { path: `var/lib/${name}`, user: imageUser }
    const archives = { 'base.tar.gz': base, 'program.tar.gz': layerOf(join(work, name), { epoch, owned }) }
    const dockerfile = readFileSync(join(root, 'deploy', name, 'Dockerfile'), 'utf8')
    const read = readDockerfile(dockerfile, args)
    const file = join(resolve(values.to), `${name}_${values.tag}_${architecture}.oci.tar`)
    const layers = read.archives.map((archive) => archives[archive])
    const image = { name, version: values.tag, architecture, epoch, config: read.config, layers }
    const digest = writeImage(file, { ...image, work: join(work, 'layout') })
    console.log(`${file} ${digest}`)
    if (values.contexts !== undefined) writeContext(join(resolve(values.contexts), name), dockerfile, archives)
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}

function writeContext(folder, dockerfile, archives) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'Dockerfile'), withArguments(dockerfile, args))
  for (const [name, { packed }] of Object.entries(archives)) writeFileSync(join(folder, name), packed)
}
