import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A PostgreSQL of its own with a database, as it is when it is installed: every commit is flushed. */
export interface Postgres {
  readonly url: string
  /** Processor time of all its processes since it was started, those that have ended included. */
  cpuMs(): number
  /** The rows that a statement answers, their columns separated by a bar. */
  query(sql: string): Promise<readonly string[]>
  stop(): Promise<void>
}

const run = promisify(execFile)
const debianFolder = '/usr/lib/postgresql'

/** @throws Error whose message is for a person */
export async function startPostgres(): Promise<Postgres> {
  const versions = existsSync(debianFolder) ? readdirSync(debianFolder).sort((a, b) => Number(b) - Number(a)) : []
  const [version] = versions
  if (version === undefined) throw new Error('PostgreSQL is not installed: apt-get install -y postgresql')
  const bin = join(debianFolder, version, 'bin')
  const folder = mkdtempSync(join(tmpdir(), 'opensag-bench-postgres-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  // It does not run as root; Debian's package made a user for it, who cannot enter the folder of the others.
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  const owner = process.getuid?.() === 0 ? { uid: id('-u'), gid: id('-g') } : undefined
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid)
  const options = { ...owner, cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' } }
  const data = join(folder, 'data')
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust'], { ...options, stdio: 'ignore' })
  const port = await freePort()
  const flags = ['-c', 'listen_addresses=127.0.0.1', '-p', String(port), '-k', folder]
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...flags], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await ready(server)
  execFileSync(join(bin, 'createdb'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', 'bench'], options)
  return {
    url: `postgres://postgres@127.0.0.1:${port}/bench`,
    cpuMs: () => cpuMs(server),
    async query(sql) {
      const place = ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-d', 'bench']
      const flags = [...place, '-v', 'ON_ERROR_STOP=1', '-XAtc', sql]
      const { stdout } = await run(join(bin, 'psql'), flags, { ...options, maxBuffer: 2 ** 26 })
      return stdout.split('\n').filter((row) => row !== '')
    },
    async stop() {
      const ended = once(server, 'exit')
      server.kill('SIGINT')
      await ended
      // A process of a test does not come to its exit handlers.
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function ready(server: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let log = ''
    server.stderr?.on('data', (chunk) => {
      log += chunk
      if (log.includes('ready to accept connections')) resolve()
    })
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}:\n${log}`)))
  })
}

/** A port of 127.0.0.1 that nobody has. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { readonly port: number }
  probe.close()
  return port
}

/** The kernel counts in hundredths of a second, whatever the machine. */
const tickMs = 10

function cpuMs({ pid }: ChildProcess): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
  const own = times(String(pid), 4)
  return tickMs * (own + children.reduce((sum, child) => sum + times(child, 2), 0))
}

/** @param count 2: its own user and system time; 4: also that of its children that have ended */
function times(pid: string, count: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? ''
    return stat
      .split(' ')
      .slice(11, 11 + count)
      .reduce((sum, ticks) => sum + Number(ticks), 0)
  } catch (error) {
    // A process that has ended since the list was read.
    if (['ENOENT', 'ESRCH'].includes(String((error as NodeJS.ErrnoException).code))) return 0
    throw error
  }
}
