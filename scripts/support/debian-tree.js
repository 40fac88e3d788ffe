// The files of one Debian package. What is the same in every build is in `deploy/debian` and `deploy/systemd`.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { filesUnder } from './files.js'
import { licenceOf } from './packed.js'
import { root } from './prepare.js'
import { copyProgram } from './program-tree.js'
import { writePages } from './shipped-pages.js'

const deploy = join(root, 'deploy')

/** Units, the file in `/etc/opensag`, and what a file of `deploy/systemd` is an example of. */
const packages = {
  'opensag-server': { units: ['opensag.service'], settings: 'opensag.env', examples: [], flags: '' },
  'opensag-agent': {
    units: ['opensag-agent.service', 'opensag-pop.service'],
    settings: 'agent.env',
    examples: ['opensag-agent-network.conf'],
    // V8 compiles nothing to machine code, which would take 3 MiB. A password is hashed in 14 ms of CPU in place of 10.
    flags: ' --lite-mode',
  },
}

/**
 * Makes the tree that `dpkg-deb --build` takes.
 *
 * @param {string} tree
 * @param {{ name: string, version: string, architecture: string, node: string, epoch: number }} given
 */
export async function makeTree(tree, { name, version, architecture, node, epoch }) {
  const { units, settings, examples, flags } = packages[name]
  const fixed = join(deploy, 'debian', name)
  const own = `/usr/lib/${name}`
  const doc = join(tree, 'usr/share/doc', name)

  copyProgram(join(tree, own), { node, isOfAgent: name === 'opensag-agent' })
  write(join(tree, own, 'opensag'), `#!/bin/sh\nexec ${own}/node${flags} ${own}/bin/opensag.js "$@"\n`, 0o755)
  for (const unit of units) write(join(tree, 'lib/systemd/system', unit), unitOf(unit, `${own}/opensag`))
  // Settings may hold the password of a database.
  write(join(tree, 'etc/opensag', settings), readFileSync(join(fixed, settings)), 0o640)
  write(join(tree, 'DEBIAN/conffiles'), `/etc/opensag/${settings}\n`)

  write(join(doc, 'copyright'), readFileSync(join(deploy, 'debian/copyright')))
  write(join(doc, 'changelog.Debian.gz'), packed(changelog(name, version, epoch)))
  write(join(doc, 'changelog.gz'), packed(readFileSync(join(root, 'CHANGELOG.md'))))
  write(
    join(doc, 'notices-of-packages.txt.gz'),
    packed(readFileSync(join(tree, own, 'bundle/THIRD-PARTY-NOTICES.txt'))),
  )
  write(join(doc, 'notices-of-node.txt.gz'), packed(readFileSync(licenceOf(node))))
  for (const example of examples) {
    write(join(doc, 'examples', example), readFileSync(join(deploy, 'systemd', example)))
  }
  write(
    join(tree, 'usr/share/lintian/overrides', name),
    readFileSync(join(deploy, 'debian/lintian-overrides'), 'utf8').replaceAll('@PACKAGE@', name),
  )

  const slaves = await addPages(tree, name)
  for (const script of ['postinst', 'prerm', 'postrm']) {
    const text = readFileSync(join(fixed, script), 'utf8').replace('@SLAVES@', slaves.join(' \\\n    '))
    write(join(tree, 'DEBIAN', script), text, 0o755)
  }
  modesOf(tree)
  const files = filesUnder(tree)
    .map((file) => relative(tree, file))
    .filter((file) => !file.startsWith('DEBIAN/'))
  write(
    join(tree, 'DEBIAN/md5sums'),
    files
      .filter((file) => !file.startsWith('etc/'))
      .map(sumIn(tree))
      .join(''),
  )
  const size = Math.ceil(files.reduce((sum, file) => sum + readFileSync(join(tree, file)).length, 0) / 1024)
  write(join(tree, 'DEBIAN/control'), controlOf(fixed, { name, version, architecture, size }))
}

/** Pages that both packages have, as they have the command. */
const inBoth = ['opensag.1', 'opensag-agent.1', 'opensag-pop.1']

/**
 * The manual and the completion of shells. Two packages cannot have one file: what both have is in a folder of each, and whose
 * command is in force has its links where it is looked for.
 *
 * @returns what `update-alternatives` is told of them
 */
async function addPages(tree, name) {
  const pages = mkdtempSync(join(tmpdir(), 'opensag-pages-'))
  const slaves = []
  try {
    await writePages(pages, { isOfAgent: name === 'opensag-agent' })
    for (const file of filesUnder(pages)) {
      const path = relative(pages, file)
      if (path.startsWith('whole/')) continue
      const isPage = path.startsWith('man/')
      const place = `/usr/share/${path}${isPage ? '.gz' : ''}`
      const isShared = !isPage || inBoth.includes(basename(path))
      const own = isShared ? place.replace('/usr/share', `/usr/lib/${name}/share`) : place
      write(join(tree, own), isPage ? packed(readFileSync(file)) : readFileSync(file))
      if (isShared) slaves.push(`--slave ${place} opensag-${path.replaceAll('/', '-')} ${own}`)
    }
  } finally {
    rmSync(pages, { recursive: true })
  }
  return slaves.sort()
}

/** The unit without how it is put in place by hand, and with the program of the package. */
function unitOf(unit, program) {
  const text = readFileSync(join(deploy, 'systemd', unit), 'utf8')
  const made = text
    .slice(text.indexOf('[Unit]'))
    .replace('ExecStart=/usr/bin/env opensag ', `ExecStart=${program} `)
    .replace(/^Documentation=.*$/m, 'Documentation=https://github.com/opensag/opensag/blob/main/docs/install.md')
  if (!made.includes(`ExecStart=${program} `)) throw new Error(`${unit} does not start the program as expected.`)
  return made
}

function controlOf(folder, { name, version, architecture, size }) {
  const [section, ...more] = readFileSync(join(folder, 'control'), 'utf8').split('\n')
  const libraries = 'libc6 (>= 2.31), libgcc-s1, libstdc++6 (>= 12)'
  return [
    `Package: ${name}`,
    `Version: ${version}`,
    `Architecture: ${architecture}`,
    'Maintainer: The OpenSAG authors <opensag@users.noreply.github.com>',
    `Installed-Size: ${size}`,
    section,
    'Priority: optional',
    'Homepage: https://github.com/opensag/opensag',
    more.join('\n').replace(/^Depends: /m, `Depends: ${libraries}, `),
  ].join('\n')
}

function changelog(name, version, epoch) {
  const date = new Date(epoch * 1000).toUTCString().replace('GMT', '+0000')
  const entry = '  * Built from the sources of this version; what changed is in changelog.gz.'
  return `${name} (${version}) unstable; urgency=medium\n\n${entry}\n\n -- The OpenSAG authors <opensag@users.noreply.github.com>  ${date}\n`
}

const packed = (content) => gzipSync(content, { level: 9 })

function write(file, content, mode = 0o644) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  chmodSync(file, mode)
}

/** Folders as everybody's, whoever builds. */
function modesOf(tree) {
  execFileSync('find', [tree, '-type', 'd', '-exec', 'chmod', '0755', '{}', '+'])
}

const sumIn = (tree) => (file) =>
  `${createHash('md5')
    .update(readFileSync(join(tree, file)))
    .digest('hex')}  ${file}\n`
