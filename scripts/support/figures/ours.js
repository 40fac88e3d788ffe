// What a release consists of, each started as its users start it.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { imageUser } from '../image-trees.js'
import { freePort, isAnswered } from './measure.js'

const address = '127.0.0.1'
const serverArgs = ({ port, data }) => [
  ...['server', '--data', data, '--port', `${port}`],
  ...['--write-credentials', join(data, 'credentials.json')],
]
const healthUrl = (port) => `http://${address}:${port}/healthz`

/** By the ending of its file in the folder of a release. */
export const artefacts = [
  { title: 'npm package', file: /^opensag-\d.*\.tgz$/, subject: npmPackage },
  { title: 'server for Debian', file: /^opensag-server_.*\.deb$/, subject: debianServer },
  { title: 'image of the server', file: /^opensag_.*\.oci\.tar$/, subject: serverImage },
  { title: 'agent for Debian', file: /^opensag-agent_.*\.deb$/, subject: debianAgent },
  { title: 'image of the agent', file: /^opensag-agent_.*\.oci\.tar$/, subject: agentImage },
]

function npmPackage(file, folder) {
  execFileSync('npm', [
    'install',
    '--global',
    '--prefix',
    folder,
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    file,
  ])
  const program = join(folder, 'lib/node_modules/opensag/bin/opensag.js')
  return {
    name: 'npm',
    title: '`opensag server`, npm',
    folder: join(folder, 'lib'),
    needs: `Node (${process.versions.node})`,
    // What was compiled is kept beside it, as at the second start of a user.
    environment: { XDG_CACHE_HOME: folder },
    command: (given) => [process.execPath, program, ...serverArgs(given)],
    url: healthUrl,
  }
}

function debianServer(file, folder) {
  execFileSync('dpkg-deb', ['-x', file, folder])
  const own = join(folder, 'usr/lib/opensag-server')
  return {
    name: 'debian',
    title: '`opensag-server`, Debian',
    folder,
    needs: '–',
    environment: { XDG_CACHE_HOME: join(folder, 'cache') },
    command: (given) => [join(own, 'node'), join(own, 'bin/opensag.js'), ...serverArgs(given)],
    url: healthUrl,
  }
}

/** In its root, without a runtime of containers, which takes time and memory of its own. */
function serverImage(file, folder) {
  const root = unpackImage(file, folder)
  return {
    name: 'image',
    title: '`opensag`, image',
    folder: root,
    needs: 'a runtime of containers',
    environment: { XDG_CACHE_HOME: '/tmp' },
    command: ({ port }) => [...inRoot(root, 'opensag'), ...serverArgs({ port, data: '/var/lib/opensag' })],
    url: healthUrl,
  }
}

async function debianAgent(file, folder, work) {
  execFileSync('dpkg-deb', ['-x', file, folder])
  const own = join(folder, 'usr/lib/opensag-agent')
  const { args, close } = await agentArgs(work, 'debian')
  return {
    name: 'debian-agent',
    title: '`opensag-agent`, Debian',
    folder,
    needs: '–',
    environment: { XDG_CACHE_HOME: join(folder, 'cache') },
    command: ({ data }) => [join(own, 'node'), '--lite-mode', join(own, 'bin/opensag.js'), ...args(data)],
    ready: isOnline,
    close,
  }
}

async function agentImage(file, folder, work) {
  const root = unpackImage(file, folder)
  const { args, close, key } = await agentArgs(work, 'image')
  cpSync(key, join(root, 'tmp/key'))
  chownSync(join(root, 'tmp/key'), imageUser, imageUser)
  return {
    name: 'image-agent',
    title: '`opensag-agent`, image',
    folder: root,
    needs: 'a runtime of containers',
    environment: { XDG_CACHE_HOME: '/tmp' },
    command: () => [...inRoot(root, 'opensag-agent'), ...args('/var/lib/opensag-agent', '/tmp/key')],
    ready: isOnline,
    close,
  }
}

const isOnline = (output) => output.includes('"connection":"online"')

/** With a `/proc` that nobody else sees. */
function inRoot(root, name) {
  const enter = `mkdir -p "$0/proc" && mount -t proc proc "$0/proc" && exec chroot --userspec=${imageUser}:${imageUser} "$0" "$@"`
  return ['unshare', '--mount', 'sh', '-c', enter, root, ...startOf(root, name)]
}

/** What the script that is the program of an image starts. */
function startOf(root, name) {
  const own = `/usr/lib/${name}`
  const flags = readFileSync(join(root, own, 'opensag'), 'utf8').includes('--lite-mode') ? ['--lite-mode'] : []
  return ['/usr/bin/node', ...flags, `${own}/bin/opensag.js`]
}

function unpackImage(file, folder) {
  const [archive, root] = [join(folder, 'archive'), join(folder, 'root')]
  for (const made of [archive, root]) mkdirSync(made, { recursive: true })
  execFileSync('tar', ['-xf', file, '-C', archive])
  const blob = (digest) => join(archive, 'blobs', ...digest.split(':'))
  const read = (path) => JSON.parse(readFileSync(path, 'utf8'))
  const [{ digest }] = read(join(archive, 'index.json')).manifests
  for (const layer of read(blob(digest)).layers) execFileSync('tar', ['-xzf', blob(layer.digest), '-C', root])
  return root
}

/** A server that the gateway has its connection to, for as long as is measured. */
async function agentArgs(work, name) {
  const data = join(work, `server-of-${name}`)
  mkdirSync(data, { mode: 0o700 })
  const port = await freePort()
  const program = join(work, 'npm/lib/node_modules/opensag/bin/opensag.js')
  const server = spawn(process.execPath, [program, ...serverArgs({ port, data })], { stdio: 'ignore' })
  // Also where something fails.
  process.once('exit', () => server.kill('SIGKILL'))
  while (!(await isAnswered(healthUrl(port)))) {
    if (server.exitCode !== null) throw new Error(`The server of the gateway has ended with ${server.exitCode}.`)
  }
  const serial = `sag${name}1`
  const branch = ['--name', name, '--model', 'sag-1000', '--cidr', '10.9.0.0/24', '--serial', serial]
  const add = [program, 'operator', 'gateway', 'add', ...branch, '--data', data, '--json']
  const key = join(work, `key-of-${name}`)
  const { enrolmentKey } = JSON.parse(execFileSync(process.execPath, add, { encoding: 'utf8' }))
  writeFileSync(key, enrolmentKey, { mode: 0o600 })
  const channel = ['--server', `ws://${address}:${port}/channel`, '--serial', serial]
  return {
    key,
    args: (folder, file = key) => ['agent', '--data', folder, ...channel, '--enrolment-key-file', file],
    async close() {
      server.kill('SIGTERM')
      await once(server, 'close')
    },
  }
}
