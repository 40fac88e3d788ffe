import type { HealthReport, HealthStatus, Timers, WallClock, WireHealthCheck } from '@opensag/protocol'
import { judge, undecided } from './judge.ts'
import type { Prober } from './prober.ts'

/** The health checks of a gateway, as its configuration says them. */
export interface HealthChecks {
  /** One that is the same as before goes on. */
  set(checks: readonly WireHealthCheck[]): void
  report(): HealthReport
  /** The status of one has changed, or there are others. */
  onChange(listener: () => void): void
  close(): void
}

export interface HealthChecksOptions {
  readonly prober: Prober
  readonly timers: Timers
  readonly wallClock: WallClock
  /** A probe could not be made at all. */
  readonly problem: (error: unknown) => void
}

/** Probes of one gateway begin at least that far apart, however many checks it has. */
const apartMs = 50

/** Probes again and again, each check by its own interval, all of them at a bounded rate. */
export function createHealthChecks(options: HealthChecksOptions): HealthChecks {
  const listeners: (() => void)[] = []
  const inTurn = createTurns(options.timers)
  let running: readonly Running[] = []

  function changed(): void {
    for (const listener of listeners) listener()
  }

  return {
    set(checks) {
      const wanted = checks.map((check) => ({ check, text: JSON.stringify(check) }))
      const before = running
      running = wanted.map(
        ({ check, text }) =>
          before.find((one) => one.text === text) ?? startCheck(check, text, options, inTurn, changed),
      )
      const ended = before.filter((one) => !running.includes(one))
      for (const one of ended) one.stop()
      if (ended.length > 0 || running.length !== before.length) changed()
    },
    report: () => running.map(({ check: { id, generation }, state }) => ({ id, generation, ...state() })),
    onChange: (listener) => void listeners.push(listener),
    close() {
      for (const one of running) one.stop()
      running = []
    },
  }
}

interface Running {
  readonly check: WireHealthCheck
  readonly text: string
  state(): { readonly status: HealthStatus; readonly since: number }
  stop(): void
}

function startCheck(
  check: WireHealthCheck,
  text: string,
  { prober, timers, wallClock, problem }: HealthChecksOptions,
  inTurn: () => Promise<void>,
  changed: () => void,
): Running {
  const { from, to, timeoutMs, count, intervalMs } = check
  let verdict = undecided
  let since = wallClock()
  let isStopped = false
  let cancel = (): void => {}

  async function probe(): Promise<void> {
    await inTurn()
    if (isStopped) return
    const next = judge(verdict, check, await prober.echo({ from, to, timeoutMs }))
    if (isStopped) return
    const isNews = next.status !== verdict.status
    verdict = next
    if (!isNews) return
    since = wallClock()
    changed()
  }

  /** The next round begins an interval after this one has begun, but not before this one is over (D). */
  async function round(): Promise<void> {
    const began = timers.now()
    try {
      for (let sent = 0; sent < count && !isStopped; sent++) await probe()
    } catch (error) {
      problem(error)
    }
    if (!isStopped) cancel = timers.after(Math.max(0, began + intervalMs - timers.now()), () => void round())
  }

  void round()
  return {
    check,
    text,
    state: () => ({ status: verdict.status, since }),
    stop() {
      isStopped = true
      cancel()
    },
  }
}

/** Each resolves at least so much later than the one before. */
function createTurns(timers: Timers): () => Promise<void> {
  let freeAt = Number.NEGATIVE_INFINITY
  return () => {
    const now = timers.now()
    const at = Math.max(now, freeAt)
    freeAt = at + apartMs
    return at === now ? Promise.resolve() : new Promise((resolve) => void timers.after(at - now, resolve))
  }
}
