import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { postgresBin } from '../postgres/server.ts'

const packages = {
  ip: 'iproute2',
  nft: 'nftables',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
  openssl: 'openssl',
  etcd: 'etcd-server',
  haproxy: 'haproxy',
  'nats-server': 'nats-server',
}

/** System programs are found for users without `sbin` on their path too. */
export function whereIs(program: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin']
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path))
}

/** What keeps a cluster from running here, with what would change it; undefined when nothing does. */
export function whatClusterNeeds(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs Linux and root'
  const missing = Object.entries(packages).flatMap(([program, name]) => (whereIs(program) === undefined ? [name] : []))
  if (postgresBin === undefined) missing.push('postgresql')
  if (!hasVenv()) missing.push('python3-venv')
  if (missing.length > 0) return `to enable: apt-get install -y ${[...new Set(missing)].join(' ')}`
  const tried = spawnSync('unshare', ['--net', '--mount', '--pid', '--fork', '--mount-proc', 'true'])
  return tried.status === 0 ? undefined : 'needs the right to make namespaces'
}

/** The same for what only needs an environment of Python. */
export function whatPythonNeeds(): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root'
  return hasVenv() ? undefined : 'to enable: apt-get install -y python3-venv'
}

/** Of the system's Python: PostgreSQL's user cannot run one of another user's. */
function hasVenv(): boolean {
  return spawnSync('/usr/bin/python3', ['-c', 'import ensurepip, venv']).status === 0
}
