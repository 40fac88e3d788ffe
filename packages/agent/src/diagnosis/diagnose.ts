import { type Diagnosis, diagnosisChecks, type Finding } from '@opensag/protocol'
import type { BoxFacts, BoxState } from '../box/box-state.ts'
import { checks, type DiagnosisOptions } from './checks.ts'

/** No check takes longer, milliseconds: a server waits a minute for all of them. */
const patienceMs = 20_000

/** Looks at everything a gateway has, all of it at once. */
export async function diagnose(
  id: string,
  addresses: readonly string[],
  options: DiagnosisOptions,
): Promise<Diagnosis> {
  const { wallClock, timers } = options
  const startedAt = wallClock()
  const all = { ...options, box: options.box && readOnce(options.box) }
  const findings = await Promise.all(
    diagnosisChecks.map(async (check): Promise<readonly Finding[]> => {
      const begun = wallClock()
      let cancel = (): void => {}
      const late = new Promise<{ readonly outcome: string; readonly values: readonly string[] }>((resolve) => {
        cancel = timers.after(patienceMs, () => resolve({ outcome: 'late', values: [] }))
      })
      const done = checks[check](all, addresses).catch(() => ({ outcome: 'impossible', values: [] }))
      const outcome = await Promise.race([done, late])
      cancel()
      return outcome === undefined ? [] : [{ check, startedAt: begun, endedAt: wallClock(), ...outcome }]
    }),
  )
  return { id, startedAt, endedAt: wallClock(), findings: findings.flat() }
}

/** Several checks look at the same facts, which take several programs to read. */
function readOnce(box: Pick<BoxState, 'read'>): Pick<BoxState, 'read'> {
  let facts: Promise<BoxFacts> | undefined
  return {
    read(config) {
      facts ??= box.read(config)
      return facts
    },
  }
}
