import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { TestRun } from './outcome.ts'
import type { Task } from './worker.ts'

export type Answer = TestRun | { readonly overdue: true }

export interface Slot {
  run(task: Task, limit: number): Promise<Answer>
  end(): Promise<void>
}

/**
 * A child process that runs tests for mutants, replaced when it does not answer in time: a mutant may loop for ever, and
 * nothing inside its own process could stop it then.
 */
export function slot(program: readonly string[]): Slot {
  let child: ChildProcess | undefined

  function started(): ChildProcess {
    if (child !== undefined && child.exitCode === null && child.signalCode === null) return child
    const [command = process.execPath, ...args] = program
    // A process group of its own, so that the processes of the tests end with it.
    child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], detached: true })
    return child
  }

  async function end(): Promise<void> {
    const ended = child
    child = undefined
    if (ended?.pid === undefined || ended.exitCode !== null || ended.signalCode !== null) return
    const closed = once(ended, 'close')
    process.kill(-ended.pid, 'SIGKILL')
    await closed
  }

  async function run(task: Task, limit: number): Promise<Answer> {
    const running = started()
    const stop = new AbortController()
    const { signal } = stop
    // Not AbortSignal.any with a timeout: in a long run on Node 20 one never came.
    const timer = setTimeout(() => stop.abort(), limit)
    running.send(task)
    try {
      return await Promise.race([
        once(running, 'message', { signal }).then(([answer]) => answer as TestRun),
        once(running, 'close', { signal }).then(() => ({ failed: 'the process of the tests ended', passed: 0 })),
      ])
    } catch (error) {
      if (!signal.aborted) throw error
      await end()
      return { overdue: true }
    } finally {
      clearTimeout(timer)
      stop.abort()
    }
  }

  return { run, end }
}
