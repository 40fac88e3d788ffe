import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { BatchResult, Failure } from './batch.ts'
import { type Mixture, perRange } from './mixture.ts'
import { inScratchFolder } from './scratch-folder.ts'
import type { WorkerData } from './worker.ts'

export interface ThreadsOptions {
  readonly seed: number
  readonly schedules: number
  readonly threads: number
  /** Fresh schedules unless it is said otherwise. */
  readonly mixture?: Mixture
  /** No range begins once this says so. */
  readonly isOver?: () => boolean
  /** The compiled worker; beside this file unless it is said otherwise. */
  readonly worker?: URL
  readonly onProgress?: (done: number) => void
}

export interface ChaosResult {
  readonly schedules: number
  readonly near: number
  readonly events: number
  /** The one with the lowest number, of those that were run. */
  readonly failure: Failure | undefined
  readonly transitions: ReadonlyMap<string, number>
  readonly states: number
}

/** Runs the schedules of one seed on several threads; which of them are run does not depend on how many. */
export function runInThreads(options: ThreadsOptions): Promise<ChaosResult> {
  return inScratchFolder((folder) => runIn(folder, options))
}

async function runIn(folder: string, options: ThreadsOptions): Promise<ChaosResult> {
  const { seed, schedules, threads, worker = new URL('./worker.js', import.meta.url), onProgress } = options
  const { mixture = 'fresh', isOver = () => false } = options
  const transitions = new Map<string, number>()
  const states = new Set<number>()
  let next = 0
  let done = 0
  let near = 0
  let events = 0
  let failure: Failure | undefined

  function take(result: BatchResult): void {
    done += result.schedules
    near += result.near
    events += result.events
    for (const [key, times] of result.transitions) transitions.set(key, (transitions.get(key) ?? 0) + times)
    for (const state of result.states) states.add(state)
    if (result.failure !== undefined && (failure === undefined || result.failure.index < failure.index)) {
      failure = result.failure
    }
    onProgress?.(done)
  }

  function runOne(_: unknown, index: number): Promise<void> {
    // A caller that runs the sources, as tests do, must not have the threads look for them, too.
    const given: WorkerData = { seed, mixture, folder: join(folder, String(index)) }
    const thread = new Worker(worker, { workerData: given, execArgv: [] })
    function hand(): boolean {
      if (next >= schedules || failure !== undefined || isOver()) return false
      const from = next
      next = Math.min(schedules, from + perRange(mixture))
      thread.postMessage({ from, to: next })
      return true
    }
    const over = new Promise<void>((resolve, reject) => {
      thread.on('error', reject)
      thread.on('message', (result: BatchResult) => {
        take(result)
        if (!hand()) resolve()
      })
      if (!hand()) resolve()
    })
    return over.finally(() => thread.terminate())
  }

  await Promise.all(Array.from({ length: threads }, runOne))
  return { schedules: done, near, events, failure, transitions, states: states.size }
}
