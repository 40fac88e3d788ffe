import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from '../support/process.ts'
import { until } from '../support/time.ts'
import { type Machine, pidInside } from './box.ts'

export const program = join(root, 'packages/cli/bin/opensag.js')

/** A program that is started again whenever it ends, as a service manager does. */
export interface Service {
  /** Of the program itself. @throws when it is just being started. */
  signal(signal: NodeJS.Signals): void
  /** Of the program itself; undefined while it is being started. */
  readonly pid: number | undefined
  output(): string
  /** How often it was started. */
  starts(): number
  stop(): Promise<void>
}

const againMs = 200

export function supervise(start: () => ChildProcess, pidOf: (child: ChildProcess) => number | undefined): Service {
  let child: ChildProcess
  let isOver = false
  let output = ''
  let starts = 0
  let ended: Promise<void> = Promise.resolve()

  function run(): void {
    starts++
    child = start()
    const { pid } = child
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-200_000)
      })
    }
    ended = new Promise((resolve) => {
      child.once('close', () => {
        resolve()
        if (!isOver) setTimeout(() => isOver || run(), againMs)
      })
    })
    if (pid === undefined) throw new Error('It did not start.')
  }

  run()
  return {
    signal(signal) {
      const pid = pidOf(child)
      if (pid !== undefined) process.kill(pid, signal)
      // What only waits for it has stopped with it.
      if (signal === 'SIGCONT' && child.pid !== undefined && pid !== undefined) process.kill(child.pid, signal)
    },
    get pid() {
      return pidOf(child)
    },
    output: () => output,
    starts: () => starts,
    async stop() {
      isOver = true
      await until('it has ended', async () => {
        const pid = pidOf(child)
        if (pid !== undefined) process.kill(pid, 'SIGKILL')
        if (child.exitCode === null && child.signalCode === null) child.kill('SIGCONT')
        return Promise.race([ended.then(() => true), pause(200).then(() => false)])
      })
    },
  }
}

/** `opensag` in a box. */
/** @param before Begins the command line: what runs the program. */
export function superviseInside(box: Machine, args: readonly string[], before: readonly string[] = []): Service {
  return supervise(() => box.start(['env', ...before, process.execPath, program, ...args]), pidInside)
}
