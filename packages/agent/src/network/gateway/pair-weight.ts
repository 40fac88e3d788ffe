import { writeFile } from 'node:fs/promises'
import { createMutex, type Timers } from '@opensag/protocol'
import { textIfThere } from '../../text-file.ts'
import { weightOf } from './render-keepalived.ts'

export interface PairWeightOptions {
  /** A tunnel is up, or none is wanted. */
  readonly canCarry: () => boolean
  /** keepalived looks at it. */
  readonly file: string
  readonly timers: Timers
  readonly problem: (error: unknown) => void
}

/** Tells keepalived whether this gateway can carry its branch (docs/network.md, "A pair"). */
export interface PairWeight {
  /** Resolves when the file is there. To be called at first, and whenever something may have changed. */
  look(): Promise<void>
  close(): void
}

/** The routes through a tunnel come a moment after it. */
const settleMs = 3_000
/** So long it takes at most until a process that has just started knows of the tunnels that are there. */
const adoptMs = 10_000

export function keepPairWeight({ canCarry, file, timers, problem }: PairWeightOptions): PairWeight {
  const exclusive = createMutex()
  const openedAt = timers.now()
  let goodSince: number | undefined
  let hasCarried = false
  let cancel = (): void => {}

  async function look(): Promise<void> {
    cancel()
    const can = canCarry()
    const now = timers.now()
    hasCarried ||= can
    goodSince = can ? (goodSince ?? now) : undefined
    const text = await textIfThere(file)
    if (text === weightOf(can)) return
    const waitMs = text === undefined ? 0 : can ? (goodSince ?? now) + settleMs - now : patienceMs(now)
    if (waitMs > 0) {
      cancel = timers.after(waitMs, again)
      return
    }
    await writeFile(file, weightOf(can), { mode: 0o600 })
  }

  /** What a process before this one has found out counts until this one can know better. */
  function patienceMs(now: number): number {
    return hasCarried ? 0 : openedAt + adoptMs - now
  }

  function again(): void {
    exclusive(look).catch(problem)
  }

  return {
    look: () => exclusive(look),
    close: () => cancel(),
  }
}
