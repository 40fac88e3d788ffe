import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'

export interface PostgresServer {
  /** How its superuser reaches the database `postgres`. */
  readonly url: string
  /** Makes a database of its own and says how to reach it. */
  newDatabase(): Promise<{ readonly url: string; readonly name: string; drop(): Promise<void> }>
  /** Kills every process of it at once, with SIGKILL. */
  crash(): Promise<void>
  /** After a crash: with the same data, at the same address. */
  restart(): Promise<void>
  /** After a crash: another one with a copy of its data, as its standby. */
  standby(): Promise<PostgresServer>
  /** Of a standby: it takes over. */
  promote(): void
  stop(): Promise<void>
}

const debianFolder = '/usr/lib/postgresql'

/** Where the programs of the newest installed PostgreSQL are; undefined when there is none. */
export const postgresBin: string | undefined = existsSync(debianFolder)
  ? readdirSync(debianFolder)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(debianFolder, version, 'bin'))
      .find((bin) => existsSync(join(bin, 'postgres')) && existsSync(join(bin, 'initdb')))
  : undefined

export interface PostgresOptions {
  /** Where its folder is made; where temporary files are, unless said otherwise. */
  readonly under?: string
  /** More of `postgresql.conf`. */
  readonly settings?: Readonly<Record<string, string | number>>
  /** The data of one that does not run: it is copied, and the server begins as its standby. */
  readonly standbyOf?: string
}

/**
 * A server nobody else uses: its own folder, a free port of 127.0.0.1, nothing left when it stops, nor when this process
 * is killed.
 */
export async function startPostgres(
  bin: string,
  { under = tmpdir(), settings: more = {}, standbyOf }: PostgresOptions = {},
): Promise<PostgresServer> {
  const folder = mkdtempSync(join(under, 'opensag-postgres-'))
  const owner = unprivilegedOwner()
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  const options = { ...owner, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' } }
  const undertaker = startUndertaker(folder, data, options)
  const make = (command: string, flags: readonly string[]): void =>
    void execFileSync(command, flags, { ...options, stdio: ['ignore', 'ignore', 'inherit'] })
  if (standbyOf === undefined) make(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync'])
  else {
    make('cp', ['-R', '-p', standbyOf, data])
    make('touch', [join(data, 'standby.signal')])
  }
  const port = await freePort()
  const urlOf = (name: string): string => `postgres://postgres@127.0.0.1:${port}/${name}`
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: folder,
    fsync: 'off',
    // Tests cause deadlocks on purpose; a second, as by default, for each would add up.
    deadlock_timeout: '20ms',
    ...more,
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  async function start(): Promise<ChildProcess> {
    const started = spawn(join(bin, 'postgres'), ['-D', data, ...flags], {
      ...options,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    await ready(started)
    return started
  }
  async function newAdmin(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: urlOf('postgres') })
    client.on('error', () => {})
    await client.connect()
    return client
  }
  let server = await start()
  let admin = await newAdmin()
  let made = 0
  return {
    url: urlOf('postgres'),
    async newDatabase() {
      made += 1
      const name = `test${made}`
      await admin.query(`create database ${name}`)
      return {
        name,
        url: urlOf(name),
        drop: async () => void (await admin.query(`drop database ${name} with (force)`)),
      }
    },
    async crash() {
      const postmaster = server.pid as number
      const ended = once(server, 'exit')
      for (const pid of [postmaster, ...childrenOf(postmaster)]) kill(pid)
      await ended
    },
    async restart() {
      server = await start()
      admin = await newAdmin()
    },
    standby: () => startPostgres(bin, { under, settings: more, standbyOf: data }),
    promote: () => make(join(bin, 'pg_ctl'), ['promote', '-w', '-D', data]),
    async stop() {
      await admin.end()
      const ended = once(server, 'exit')
      // SIGINT is PostgreSQL's word for "disconnect everybody and stop".
      server.kill('SIGINT')
      await ended
      await undertaker.end()
    },
  }
}

/**
 * Waits until its input ends, as it does when this process does, however that came about. Then it stops the server that
 * is still there, and removes the folder. It leads a session of its own: who kills this process and its group spares it.
 */
function startUndertaker(folder: string, data: string, options: object): { end(): Promise<void> } {
  const script = `trap '' INT TERM HUP; cat >/dev/null
    # A negative one is of initdb, which ends by itself.
    if read -r pid 2>/dev/null <"$2/postmaster.pid" && [ "$pid" -gt 0 ]; then
      kill -INT "$pid" 2>/dev/null
      turns=200
      while [ -e "$2/postmaster.pid" ] && kill -0 "$pid" 2>/dev/null && [ $turns -gt 0 ]; do
        turns=$((turns - 1)); sleep 0.05
      done
    fi
    cd / && rm -rf "$1"`
  const child = spawn('sh', ['-c', script, 'sh', folder, data], {
    ...options,
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  const ended = once(child, 'exit')
  return {
    async end() {
      child.stdin?.end()
      await ended
    },
  }
}

function childrenOf(pid: number): readonly number[] {
  const { stdout } = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
  return stdout.split('\n').filter(Boolean).map(Number)
}

/** It may have ended by itself meanwhile, because the postmaster has. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** PostgreSQL does not run as root; Debian's package made a user for it. */
function unprivilegedOwner(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

async function ready(server: ChildProcess): Promise<void> {
  const { stderr } = server
  if (stderr === null) throw new Error('The server was started without a log.')
  const log: string[] = []
  const lines = createInterface({ input: stderr })
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      log.push(line)
      if (/database system is ready to accept (read-only )?connections/.test(line)) resolve()
    })
    server.once('exit', (code) => reject(new Error(`postgres ended with ${code}:\n${log.join('\n')}`)))
  })
}

/** Free a moment ago; PostgreSQL cannot be asked to choose one itself. */
async function freePort(): Promise<number> {
  const probe = createServer()
  probe.listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (address === null || typeof address === 'string') throw new Error('No port of 127.0.0.1 is free.')
  return address.port
}
