import type { HealthStatus, WireHealthCheck } from '@opensag/protocol'
import type { EchoOutcome } from './prober.ts'

/** What a gateway thinks of the target of a health check, and what of the last probes speaks for another verdict. */
export interface Verdict {
  readonly status: HealthStatus
  /** Probes in a row without an answer, and slow answers in a row. */
  readonly lost: number
  readonly slow: number
}

export const undecided: Verdict = { status: 'unknown', lost: 0, slow: 0 }

/**
 * The verdict after one more probe: enough of them in a row without an answer, or with a slow one, make it fail; one answer that is not
 * slow makes it succeed.
 */
export function judge(before: Verdict, check: WireHealthCheck, probe: EchoOutcome): Verdict {
  if (probe.is === 'unsent') return undecided
  const isSlow = probe.is === 'answered' && check.slowMs !== undefined && probe.afterMs > check.slowMs
  const lost = probe.is === 'lost' ? before.lost + 1 : 0
  // A probe without an answer says nothing of how long answers take.
  const slow = isSlow ? before.slow + 1 : probe.is === 'lost' ? before.slow : 0
  if (lost >= check.failures || slow >= check.slowAnswers) return { status: 'failed', lost, slow }
  const isGood = probe.is === 'answered' && !isSlow
  return { status: isGood ? 'success' : before.status, lost, slow }
}
