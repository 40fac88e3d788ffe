import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/**
 * One Linux machine as a set of namespaces: its own network, processes, host name, `/etc`, `/home` and `/run`, on the
 * programs and libraries of the host. It has no cable.
 */
export interface Machine {
  readonly name: string
  /** Of its process 1, by which the host finds its namespaces. */
  readonly pid: string
  /** Where a file of the box is for the host. */
  path(file: string): string
  /** Runs a program in the box to its end. */
  run(command: Command, options?: { readonly stdin?: string }): Promise<Outcome>
  /** Starts a program in the box as the leader of a process group of the host's (`process.kill(-child.pid)`). */
  start(command: Command): ChildProcess
  /** Ends everything in it. */
  stop(): Promise<void>
}

/** A machine that is reached from the host at `address`, and reaches the host at `hostAddress`. */
export interface Box extends Machine {
  readonly address: string
  readonly hostAddress: string
}

export type Command = readonly [string, ...string[]]

export interface Outcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

const packages = {
  sshd: 'openssh-server',
  ssh: 'openssh-client',
  sshpass: 'sshpass',
  ip: 'iproute2',
  nsenter: 'util-linux',
  chpasswd: 'passwd',
}

const namespaces = ['--net', '--mount', '--pid', '--uts', '--fork', '--kill-child=KILL', '--mount-proc'] as const

/**
 * What keeps boxes from running here, with what would change it; undefined when nothing does.
 * @param more Packages of further programs a test runs, by program.
 */
export function whatBoxesNeed(more: Readonly<Record<string, string>> = {}): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs Linux and root'
  const missing = Object.entries({ ...packages, ...more }).flatMap(([program, name]) => (onPath(program) ? [] : [name]))
  if (missing.length > 0) return `to enable: apt-get install -y ${missing.join(' ')}`
  const tried = spawnSync('unshare', [...namespaces, '--propagation', 'private', 'bash', '-c', layers('/mnt')])
  return tried.status === 0 ? undefined : 'needs the right to make namespaces and overlays'
}

function onPath(program: string): boolean {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin']
  return folders.some((folder) => existsSync(join(folder, program)))
}

/** The upper layers lie in memory: what a box changes is gone with it. Without one of /home, useradd writes to the host. */
function layers(folder: string): string {
  return `set -e
mount -t tmpfs tmpfs ${folder}
for d in etc var/lib var/log home root; do
  mkdir -p ${folder}/$d.up ${folder}/$d.wk
  mount -t overlay ov -o lowerdir=/$d,upperdir=${folder}/$d.up,workdir=${folder}/$d.wk /$d
done
mount -t tmpfs tmpfs /run
# That of the host shows its interfaces, not those of the box.
mount -t sysfs sysfs /sys
mkdir -p /run/sshd
ip link set lo up`
}

export async function startBox(): Promise<Box> {
  const machine = await startMachine()
  try {
    return { ...machine, ...link(machine.name, machine.pid) }
  } catch (error) {
    await machine.stop()
    throw error
  }
}

export async function startMachine(): Promise<Machine> {
  const folder = mkdtempSync(join(tmpdir(), 'opensag-box-'))
  const name = folder.slice(-6).toLowerCase()
  // As process 1 of the box, bash collects orphans. It ends with its input, that is, with this very process.
  const script = `${layers(folder)}\nhostname ${name}\nexec 3<&0\necho up\ncat <&3 >/dev/null & wait $!`
  const unshare = spawn('unshare', [...namespaces, '--propagation', 'private', 'bash', '-c', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(unshare, 'close')
  await Promise.race([
    once(unshare.stdout, 'data'),
    ended.then(() => Promise.reject(new Error('The box did not start.'))),
  ])
  const pid = readFileSync(`/proc/${unshare.pid}/task/${unshare.pid}/children`, 'utf8').trim()

  async function stop(): Promise<void> {
    unshare.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }

  const inside = (command: Command): string[] => ['-t', pid, '-m', '-p', '-u', '-n', '--', ...command]
  return { name, pid, path: (file) => `/proc/${pid}/root${file}`, run: runInside, start, stop }

  function start(command: Command): ChildProcess {
    return spawn('nsenter', inside(command), { stdio: ['pipe', 'pipe', 'pipe'], detached: true })
  }

  function runInside(command: Command, { stdin = '' }: { readonly stdin?: string } = {}): Promise<Outcome> {
    return finish(start(command), stdin)
  }
}

/** One cable between host and box, on a network of two from the block for documentation. */
function link(name: string, pid: string): { readonly address: string; readonly hostAddress: string } {
  const used = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address))
  const first = Number.parseInt(name.replace(/[^0-9a-z]/g, ''), 36) % 64
  for (let i = 0; i < 64; i += 1) {
    const base = ((first + i) % 64) * 4
    const [hostAddress, address] = [`198.51.100.${base + 1}`, `198.51.100.${base + 2}`]
    if (used.includes(hostAddress)) continue
    const cable = `sag-${name}`
    must(['ip', 'link', 'add', cable, 'type', 'veth', 'peer', 'name', 'wan', 'netns', pid])
    must(['ip', 'addr', 'add', `${hostAddress}/30`, 'dev', cable])
    must(['ip', 'link', 'set', cable, 'up'])
    must(['nsenter', '-t', pid, '-n', 'ip', 'addr', 'add', `${address}/30`, 'dev', 'wan'])
    must(['nsenter', '-t', pid, '-n', 'ip', 'link', 'set', 'wan', 'up'])
    return { address, hostAddress }
  }
  throw new Error('No network is free for another box.')
}

function must([program, ...args]: Command): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr.trim()}`)
}

/** Of a program that was started in a box, for the host; undefined before and after. */
export function pidInside({ pid, exitCode, signalCode }: ChildProcess): number | undefined {
  if (exitCode !== null || signalCode !== null) return undefined
  // nsenter waits for the one child it has.
  const children = childrenOf(pid)
  return children === '' ? undefined : Number(children)
}

function childrenOf(pid: number | undefined): string {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  } catch (error) {
    // It has ended, and this process is to hear of it.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

/** Waits for a program to end, and for what it said. */
export async function finish(child: ChildProcess, stdin = ''): Promise<Outcome> {
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  // Whether it reads what it is given is its own affair; its exit status tells.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(stdin)
  const [status] = (await once(child, 'close')) as [number | null]
  return { status, stdout, stderr }
}
