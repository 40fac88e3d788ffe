import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { networkInterfaces } from 'node:os'

export interface Machine {
  readonly name: string
  readonly address: string
  /** Starts a program on it; its output is piped. The child is `nsenter`, whose only child is the program. */
  spawn(command: readonly [string, ...string[]], environment?: Readonly<Record<string, string>>): ChildProcess
  /** Every process on it, as the host numbers them. */
  pids(): readonly number[]
  /** Runs a program on it to its end. @throws when that is not 0. */
  must(command: readonly [string, ...string[]], stdin?: string): string
}

/** Some machines on one switch, which the host is connected to as well. They reach nothing else. */
export interface Network {
  readonly hostAddress: string
  /** Of the whole network, as a CIDR block. */
  readonly block: string
  readonly machines: Readonly<Record<string, Machine>>
  /** Ends everything that runs on them, and them. */
  stop(): Promise<void>
}

/**
 * All processes of all machines are in one process namespace, whose first process ends when this very process does:
 * nothing is left however the tests end. Networks go with their last process.
 */
export async function startNetwork(names: readonly string[]): Promise<Network> {
  // As process 1, bash collects orphans. It ends with its input.
  const script = 'ip link set lo up\nexec 3<&0\necho up\ncat <&3 >/dev/null & wait $!'
  const hub = spawn(
    'unshare',
    [
      '--net',
      '--mount',
      '--pid',
      '--fork',
      '--kill-child=KILL',
      '--mount-proc',
      '--propagation',
      'private',
      'bash',
      '-c',
      script,
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const ended = once(hub, 'close')
  await Promise.race([
    once(hub.stdout, 'data'),
    ended.then(() => Promise.reject(new Error('The switch did not start.'))),
  ])
  const hubPid = onlyChildOf(hub.pid)

  async function stop(): Promise<void> {
    hub.kill('SIGKILL')
    await ended
  }

  try {
    const third = freeNetwork()
    const hostAddress = `198.18.${third}.254`
    const inHub = (...args: readonly string[]): void => must('nsenter', ['-t', String(hubPid), '-n', 'ip', ...args])
    inHub('link', 'add', 'switch', 'type', 'bridge')
    inHub('link', 'set', 'switch', 'up')
    connect('host', String(process.pid), `sagc${third}`, `${hostAddress}/24`)

    /** One cable from the switch to a network, whose end there has this name and address. */
    function connect(machine: string, pid: string, port: string, address: string): void {
      inHub('link', 'add', `to-${machine}`, 'type', 'veth', 'peer', 'name', port, 'netns', pid)
      inHub('link', 'set', `to-${machine}`, 'master', 'switch', 'up')
      const inside = (...args: readonly string[]): void => must('nsenter', ['-t', pid, '-n', 'ip', ...args])
      inside('addr', 'add', address, 'dev', port)
      inside('link', 'set', port, 'up')
    }

    const machines: Record<string, Machine> = {}
    for (const [index, name] of names.entries()) {
      const holder = spawn('nsenter', ['-t', String(hubPid), '-m', '-p', '-n', 'unshare', '--net', 'sleep', 'infinity'])
      const pid = await networkOf(holder, hubPid)
      must('nsenter', ['-t', String(pid), '-n', 'ip', 'link', 'set', 'lo', 'up'])
      const address = `198.18.${third}.${index + 1}`
      connect(name, String(pid), 'eth0', `${address}/24`)
      machines[name] = machine(name, address, pid)
    }
    return { hostAddress, block: `198.18.${third}.0/24`, machines, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function machine(name: string, address: string, pid: number): Machine {
  const inside = ['-t', String(pid), '-m', '-p', '-n', '--'] as const
  return {
    name,
    address,
    spawn: (command, environment = {}) =>
      spawn('nsenter', [...inside, ...command], {
        stdio: ['ignore', 'pipe', 'pipe'],
        // Servers are in `sbin`, which a user's path may not have.
        env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin`, ...environment },
      }),
    pids() {
      const network = readlinkSync(`/proc/${pid}/ns/net`)
      return pidsOfNetwork(network).filter((one) => one !== pid)
    },
    must(command, stdin = '') {
      const { status, stdout, stderr } = spawnSync('nsenter', [...inside, ...command], {
        input: stdin,
        encoding: 'utf8',
      })
      if (status !== 0) throw new Error(`${command[0]} on ${name} ended with ${status}: ${stderr}`)
      return stdout
    },
  }
}

/** The process that `nsenter` or `unshare` waits for. */
export function onlyChildOf(pid: number | undefined): number {
  const [child] = pid === undefined ? [] : childrenOf(pid)
  if (child === undefined) throw new Error(`Process ${pid} has no child.`)
  return child
}

/** Of any thread of it; none when it has ended. */
export function childrenOf(pid: number): readonly number[] {
  try {
    const threads = readdirSync(`/proc/${pid}/task`)
    const lists = threads.map((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8'))
    return lists.flatMap((list) => list.trim().split(' ').filter(Boolean).map(Number))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH') return []
    throw error
  }
}

/** Waits for the one moment in which the new process has a network that is not the switch's. */
async function networkOf(holder: ChildProcess, hubPid: number): Promise<number> {
  const hub = readlinkSync(`/proc/${hubPid}/ns/net`)
  const own = readlinkSync('/proc/self/ns/net')
  for (let turn = 0; turn < 10_000; turn++) {
    await new Promise((next) => setTimeout(next, 5))
    try {
      const pid = onlyChildOf(holder.pid)
      const network = readlinkSync(`/proc/${pid}/ns/net`)
      if (network !== hub && network !== own) return pid
    } catch {
      // Not started yet.
    }
  }
  throw new Error('A machine did not start.')
}

function pidsOfNetwork(network: string): readonly number[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name)
    if (!Number.isInteger(pid)) return []
    try {
      return readlinkSync(`/proc/${pid}/ns/net`) === network ? [pid] : []
    } catch {
      return [] // it has ended meanwhile
    }
  })
}

/** Of the block for benchmarks: the third number of a network that no interface of the host is in. */
function freeNetwork(): number {
  const used = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address))
  const first = process.pid % 256
  for (let step = 0; step < 256; step++) {
    const third = (first + step) % 256
    if (!used.includes(`198.18.${third}.254`)) return third
  }
  throw new Error('No network is free.')
}

function must(program: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr.trim()}`)
}
