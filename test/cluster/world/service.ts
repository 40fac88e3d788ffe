import type { ChildProcess } from 'node:child_process'
import { until } from '../../support/time.ts'
import { childrenOf, type Machine, onlyChildOf } from './network.ts'

/** One program on one machine, which can be killed, frozen and started again. */
export interface Service {
  readonly name: string
  readonly machine: Machine
  start(): void
  /** Signals the program and every process it started. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void
  /** Kills it and every process it started, and waits for their end. */
  kill(): Promise<void>
  /** Asks it to end, and waits. */
  terminate(): Promise<void>
  isRunning(): boolean
  /** The last of what it printed, in all its runs. */
  output(): string
}

const keptOutput = 400_000

export interface ServiceOptions {
  readonly name: string
  readonly machine: Machine
  readonly command: readonly [string, ...string[]]
  readonly environment?: Readonly<Record<string, string>>
  /** Whether everything on the machine is part of it: programs that it started may have left it. */
  readonly isWholeMachine?: boolean
}

export function createService({ name, machine, command, environment, isWholeMachine }: ServiceOptions): Service {
  let child: ChildProcess | undefined
  let output = ''
  let ended: Promise<void> = Promise.resolve()

  function isRunning(): boolean {
    return child !== undefined && child.exitCode === null && child.signalCode === null
  }

  function tree(): readonly number[] {
    if (isWholeMachine === true) return machine.pids()
    if (!isRunning()) return []
    try {
      return descendantsOf(onlyChildOf(child?.pid))
    } catch {
      return [] // just being started, or just ended
    }
  }

  return {
    name,
    machine,
    start() {
      if (isRunning()) throw new Error(`${name} runs already.`)
      const started = machine.spawn(command, environment)
      child = started
      const heard = (text: string): void => {
        output = (output + text).slice(-keptOutput)
      }
      for (const stream of [started.stdout, started.stderr]) stream?.setEncoding('utf8').on('data', heard)
      ended = new Promise((done) => started.once('close', () => done()))
      started.once('error', (error) => heard(`${error.message}\n`))
    },
    signal(signal) {
      for (const pid of tree()) send(pid, signal)
      // nsenter stops with the program it waits for.
      if (signal === 'SIGCONT' && child?.pid !== undefined) send(child.pid, signal)
    },
    async kill() {
      const all = tree()
      for (const pid of all) send(pid, 'SIGKILL')
      if (child?.pid !== undefined) send(child.pid, 'SIGCONT')
      await ended
      // Those that were orphaned are collected by the first process of the machines.
      await until(`${name} is gone`, () => all.every((pid) => !send(pid, 0)))
    },
    async terminate() {
      const [first] = tree()
      if (first !== undefined) send(first, 'SIGTERM')
      await ended
    },
    isRunning,
    output: () => output,
  }
}

function descendantsOf(pid: number): readonly number[] {
  const found = [pid]
  for (const one of found) found.push(...childrenOf(one))
  return found
}

/** Whether there was such a process. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}
