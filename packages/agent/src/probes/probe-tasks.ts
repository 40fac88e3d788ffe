import type { ProbeResult, Timers, WallClock, WireProbeTask } from '@opensag/protocol'
import type { Prober, TaskOutcome } from './prober.ts'

/** The probe tasks of a gateway, as its configuration says them. */
export interface ProbeTasks {
  /** One that is the same as before goes on. */
  set(tasks: readonly WireProbeTask[]): void
  /** Of each task that has had a round. */
  results(): readonly ProbeResult[]
  /** A round is over, or there are others. */
  onChange(listener: () => void): void
  close(): void
}

export interface ProbeTasksOptions {
  readonly prober: Prober
  readonly timers: Timers
  readonly wallClock: WallClock
  /** A probe could not be made at all. */
  readonly problem: (error: unknown) => void
}

/** From the beginning of one round to that of the next; between the probes of one; how long each waits. */
const roundMs = 60_000
const probeMs = 1_000
const timeoutMs = { icmp: 2_000, tcp: 2_000, http: 5_000 } as const

export function createProbeTasks(options: ProbeTasksOptions): ProbeTasks {
  const listeners: (() => void)[] = []
  let running: readonly Running[] = []

  function changed(): void {
    for (const listener of listeners) listener()
  }

  return {
    set(tasks) {
      const before = running
      running = tasks.map((task) => {
        const text = JSON.stringify(task)
        return before.find((one) => one.text === text) ?? startTask(task, text, options, changed)
      })
      const ended = before.filter((one) => !running.includes(one))
      for (const one of ended) one.stop()
      if (ended.length > 0) changed()
    },
    results: () => running.flatMap((one) => one.result() ?? []),
    onChange: (listener) => void listeners.push(listener),
    close() {
      for (const one of running) one.stop()
      running = []
    },
  }
}

interface Running {
  readonly text: string
  result(): ProbeResult | undefined
  stop(): void
}

function startTask(
  task: WireProbeTask,
  text: string,
  { prober, timers, wallClock, problem }: ProbeTasksOptions,
  changed: () => void,
): Running {
  const { id, generation, protocol, from, to, port, count } = task
  let result: ProbeResult | undefined
  let isStopped = false
  let cancel = (): void => {}
  let wake = (): void => {}

  function wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve
      cancel = timers.after(milliseconds, resolve)
    })
  }

  async function round(): Promise<void> {
    const at = wallClock()
    const outcomes: TaskOutcome[] = []
    while (outcomes.length < count && !isStopped) {
      const began = timers.now()
      const outcome = await prober.probe({ protocol, from, to, port, timeoutMs: timeoutMs[protocol] })
      outcomes.push(outcome)
      // The next one could be sent no better.
      if (outcome.is === 'unsent' || outcome.is === 'unresolved') break
      if (outcomes.length < count) await wait(Math.max(0, began + probeMs - timers.now()))
    }
    if (isStopped) return
    result = { id, generation, at, ...summaryOf(outcomes) }
    changed()
  }

  async function run(): Promise<void> {
    while (!isStopped) {
      const began = timers.now()
      await round().catch(problem)
      if (!isStopped) await wait(Math.max(0, began + roundMs - timers.now()))
    }
  }

  void run()
  return {
    text,
    result: () => result,
    stop() {
      isStopped = true
      cancel()
      wake()
    },
  }
}

/** What a round of probes came to. */
function summaryOf(outcomes: readonly TaskOutcome[]): Pick<ProbeResult, 'sent' | 'answered' | 'ms' | 'problem'> {
  const last = outcomes.at(-1)?.is
  const problem = last === 'unsent' || last === 'unresolved' ? last : undefined
  const times = outcomes.flatMap((one) => (one.is === 'answered' ? one.afterMs : []))
  const sent = outcomes.length - (problem === undefined ? 0 : 1)
  const average = times.reduce((sum, one) => sum + one, 0) / times.length
  return {
    sent,
    answered: times.length,
    ...(times.length === 0 ? {} : { ms: { min: Math.min(...times), average, max: Math.max(...times) } }),
    ...(problem === undefined ? {} : { problem }),
  }
}
