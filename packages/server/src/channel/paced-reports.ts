import {
  type ConfigStatus,
  createPace,
  type Diagnosis,
  type HealthReport,
  type NetworkReport,
  type PaceLimits,
  type PointQuality,
  type ProbeResult,
  type Timers,
  type WallClock,
  type WireReport,
  type WireRoute,
} from '@opensag/protocol'
import { withNewer } from '../model/monitoring.ts'

/** What a gateway said of itself and nobody has written down yet. */
export interface Note {
  /** Each absent: it said nothing of that. */
  readonly report?: WireReport
  readonly status?: ConfigStatus
  readonly network?: NetworkReport
  readonly health?: HealthReport
  readonly probed?: readonly ProbeResult[]
  /** Of several points of presence. */
  readonly measured?: readonly PointQuality[]
  readonly diagnosed?: Diagnosis
  readonly routes?: readonly WireRoute[]
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
    async take(note) {
      // Each message tells of the points that were asked about: what is not written yet of others stays.
      const measured = note.measured && { measured: withNewer(unwritten?.measured ?? [], note.measured) }
      unwritten = { ...unwritten, ...note, ...measured }
      if (cancel === undefined && pace.take()) await flush()
      else later()
    },
    end() {
      ended = true
      cancel?.()
    },
  }
}
