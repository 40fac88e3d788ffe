import type { Diagnosis, DiagnosisCheck } from '@opensag/protocol'
import type { Device } from './device.ts'
import { type CheckWords, checkWords, type Level, serverWords, type Words, wordsOf } from './diagnosis-words.ts'
import { type Firmware, upgradesFor } from './firmware.ts'

/** The last diagnosis of a device. Times are of the wall clock of the server. */
export interface StoredDiagnosis {
  readonly id: string
  readonly askedAt: number
  /** Undefined: the device has not said anything. */
  readonly told: { readonly at: number; readonly diagnosis: Diagnosis } | undefined
}

/** How long a device has for all it looks at (C). */
export const diagnosisMs = 60_000

/** A clock that is off by more is told (C). */
const toleratedMs = 5_000

export type DiagnosisState = 'running' | 'finished' | 'failed'

/** `failed`: the device was asked and has not answered in time. */
export function diagnosisState({ told, askedAt }: StoredDiagnosis, now: number): DiagnosisState {
  if (told !== undefined) return 'finished'
  return now - askedAt < diagnosisMs ? 'running' : 'failed'
}

export interface DiagnosisItem {
  readonly name: string
  readonly check: CheckWords
  readonly words: Words
  readonly values: readonly string[]
  readonly startedAt: number
  readonly endedAt: number
}

/** What the device found, and what the server sees of its clock and its version. */
export function itemsOf(
  { at, diagnosis }: { readonly at: number; readonly diagnosis: Diagnosis },
  device: Pick<Device, 'version'>,
  offered: readonly Firmware[],
): readonly DiagnosisItem[] {
  const item = (name: string, check: CheckWords, outcome: string, values: readonly string[]): DiagnosisItem => ({
    ...{ name, check, values, words: wordsOf(check, outcome) },
    startedAt: diagnosis.endedAt,
    endedAt: diagnosis.endedAt,
  })
  // What it said was on its way meanwhile, which is no matter of seconds.
  const offMs = diagnosis.endedAt - at
  const isOff = Math.abs(offMs) > toleratedMs
  const [newest] = upgradesFor(device, offered)
  return [
    ...diagnosis.findings.map(({ check, outcome, values, startedAt, endedAt }) => ({
      ...item(check satisfies DiagnosisCheck, checkWords[check], outcome, values),
      startedAt,
      endedAt,
    })),
    item('clock', serverWords.clock, isOff ? 'off' : 'ok', [String(Math.round(offMs / 1000))]),
    newest === undefined
      ? item('version', serverWords.version, 'ok', [device.version])
      : item('version', serverWords.version, 'older', [device.version, newest.version]),
  ]
}

export interface LevelCounts {
  readonly Error: number
  readonly Warning: number
  readonly Info: number
  readonly Total: number
}

export function countsOf(items: readonly DiagnosisItem[]): LevelCounts {
  const of = (level: Level): number => items.filter(({ words }) => words.level === level).length
  return { Error: of('error'), Warning: of('warning'), Info: of('info'), Total: items.length }
}

/** The worst of them. */
export function levelOf(items: readonly DiagnosisItem[]): Level {
  const { Error: errors, Warning: warnings } = countsOf(items)
  return errors > 0 ? 'error' : warnings > 0 ? 'warning' : 'info'
}
