import {
  type ConfigStatus,
  createPace,
  type Diagnosis,
  type HealthReport,
  mostMeasured,
  type NetworkReport,
  type PaceLimits,
  type PointQuality,
  type ProbeResult,
  type Timers,
  type WallClock,
  type WireReport,
  type WireRoute,
} from '@opensag/protocol'

/** What a gateway said of itself and nobody has written down yet. */
export interface Note {
  /** Each undefined: it said nothing of that. */
  readonly report?: WireReport | undefined
  readonly status?: ConfigStatus | undefined
  readonly network?: NetworkReport | undefined
  readonly health?: HealthReport | undefined
  readonly probed?: readonly ProbeResult[] | undefined
  /** Of several points of presence. */
  readonly measured?: readonly PointQuality[] | undefined
  readonly diagnosed?: Diagnosis | undefined
  readonly routes?: readonly WireRoute[] | undefined
}

export interface PacedReportsOptions {
  readonly limits: PaceLimits
  readonly timers: Timers
  readonly wallClock: WallClock
  write(note: Note): Promise<void>
  /** One that was put off could not be written. */
  problem(error: unknown): void
}

/** Writes down what one gateway says, at a bounded rate: of what it says faster than that the newest counts. */
export interface PacedReports {
  /** Resolves when it is written, or put off. */
  take(note: Note): Promise<void>
  end(): void
}

export function createPacedReports({ limits, timers, wallClock, write, problem }: PacedReportsOptions): PacedReports {
  const pace = createPace(limits, wallClock)
  let unwritten: Note | undefined
  let cancel: (() => void) | undefined
  let ended = false
  let writing: Promise<void> | undefined

  /** One after the other: a store that takes several at once could keep the older one. */
  async function flush(): Promise<void> {
    while (writing !== undefined) await writing.catch(() => 'told to its own caller')
    const note = unwritten
    unwritten = undefined
    if (note === undefined || ended) return
    writing = write(note).finally(() => {
      writing = undefined
    })
    await writing
  }

  function later(): void {
    cancel ??= timers.after(pace.waitMs(), () => {
      cancel = undefined
      if (pace.take()) flush().catch(problem)
      else later()
    })
  }

  return {
    async take({ report, status, network, health, probed, measured, diagnosed, routes }) {
      const before = unwritten
      unwritten = {
        report: report ?? before?.report,
        status: status ?? before?.status,
        network: network ?? before?.network,
        health: health ?? before?.health,
        probed: probed ?? before?.probed,
        measured: allMeasured(before?.measured, measured),
        diagnosed: diagnosed ?? before?.diagnosed,
        routes: routes ?? before?.routes,
      }
      if (cancel === undefined && pace.take()) await flush()
      else later()
    },
    end() {
      ended = true
      cancel?.()
    },
  }
}

/** Each message tells of the points that were asked about, so that what was not written yet stays: of one point the newest. */
function allMeasured(before: Note['measured'], now: Note['measured']): Note['measured'] {
  if (before === undefined || now === undefined) return now ?? before
  const others = before.filter(({ address }) => !now.some((one) => one.address === address))
  return [...now, ...others].slice(0, mostMeasured)
}
