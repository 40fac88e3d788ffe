// The files of the images: a base with Node and the libraries it needs, and a program above it. No shell, no package manager.
import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, realpathSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { filesUnder } from './files.js'
import { licenceOf } from './packed.js'
import { root } from './prepare.js'
import { copyProgram } from './program-tree.js'

/** Of the user in both images. The numbers are in the Dockerfiles too, as an orchestrator wants them. */
export const imageUser = 10001

const programs = {
  opensag: { isOfAgent: false, flags: '' },
  // As in the package of Debian: 3 MiB less memory.
  'opensag-agent': { isOfAgent: true, flags: ' --lite-mode' },
}

/**
 * Makes the trees of these images, and of the base that they share. Node has certificate authorities and time zones inside, so they are not
 * files of their own.
 *
 * @param {string} folder gets a folder for each, and `base`
 * @param {{ names: readonly string[], node: string }} given
 */
export function makeTrees(folder, { names, node }) {
  const base = join(folder, 'base')
  for (const name of names) {
    const own = `/usr/lib/${name}`
    const tree = join(folder, name)
    copyProgram(join(tree, own), { node, isOfAgent: programs[name].isOfAgent })
    // The same Node in each: it belongs to the base.
    mkdirSync(join(base, 'usr/bin'), { recursive: true })
    renameSync(join(tree, own, 'node'), join(base, 'usr/bin/node'))
    // Started by the kernel: there is no shell.
    writeFileSync(join(tree, own, 'opensag'), `#!/usr/bin/node${programs[name].flags}\nimport './bin/opensag.js'\n`)
    chmodSync(join(tree, own, 'opensag'), 0o755)
    mkdirSync(join(tree, 'usr/bin'), { recursive: true })
    symlinkSync(`${own}/opensag`, join(tree, 'usr/bin/opensag'))
    copy(join(root, 'LICENSE'), join(tree, 'usr/share/doc', name, 'LICENSE'))
    write(join(tree, 'etc/passwd'), passwd(`/var/lib/${name}`))
    write(join(tree, 'etc/group'), `root:x:0:\nopensag:x:${imageUser}:\n`)
    mkdirSync(join(tree, 'var/lib', name), { recursive: true, mode: 0o700 })
    modesOf(tree, join(tree, 'var/lib', name))
  }
  copyLibraries(base, [node, ...filesUnder(join(folder, names[0])).filter((file) => file.endsWith('.node'))])
  copy(licenceOf(node), join(base, 'usr/share/doc/node/LICENSE'))
  // Without it, names of /etc/hosts come after those of the domain name system.
  write(join(base, 'etc/nsswitch.conf'), 'passwd: files\ngroup: files\nhosts: files dns\n')
  // Which system the libraries are of; programs that look for known holes ask.
  copy('/usr/lib/os-release', join(base, 'etc/os-release'))
  mkdirSync(join(base, 'tmp'))
  modesOf(base, join(base, 'tmp'))
  chmodSync(join(base, 'tmp'), 0o1777)
}

/** What these programs are linked with, from this machine, with what Debian says of the packages that the libraries are of. */
function copyLibraries(base, files) {
  const found = files.flatMap((file) => [
    ...execFileSync('ldd', [file], { encoding: 'utf8' }).matchAll(/(?:=> )?(\/\S+) \(0x/g),
  ])
  const libraries = [...new Set(found.map(([, library]) => library))].sort()
  for (const library of libraries) copy(realpathSync(library), join(base, library), 0o755)
  for (const name of packagesOf(libraries)) {
    write(join(base, 'var/lib/dpkg/status.d', name), execFileSync('dpkg', ['--status', name]))
    copy(realpathSync(`/usr/share/doc/${name}/copyright`), join(base, 'usr/share/doc', name, 'copyright'))
  }
}

/** dpkg knows some by a path under /lib, others by one under /usr/lib. */
function packagesOf(libraries) {
  const patterns = libraries.map((library) => `*/${basename(dirname(library))}/${basename(library)}`)
  const lines = execFileSync('dpkg', ['--search', ...patterns], { encoding: 'utf8' }).matchAll(/^([^:,\s]+):\S* \//gm)
  return [...new Set([...lines].map(([, name]) => name))].sort()
}

function passwd(home) {
  return `root:x:0:0::/:/sbin/nologin\nopensag:x:${imageUser}:${imageUser}::${home}:/sbin/nologin\n`
}

function copy(from, to, mode = 0o644) {
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(from, to)
  chmodSync(to, mode)
}

function write(file, content) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  chmodSync(file, 0o644)
}

/** Folders as everybody's, whoever builds, but for that one. */
function modesOf(tree, except) {
  execFileSync('find', [tree, '-type', 'd', '!', '-path', except, '-exec', 'chmod', '0755', '{}', '+'])
}
