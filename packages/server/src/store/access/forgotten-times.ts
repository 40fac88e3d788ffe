import { z } from 'zod'
import { readSetting, writeSetting } from '../settings.ts'
import type { Reader, Writer } from '../store.ts'
import { type TimeSpan, withSpans } from './time-spans.ts'

const name = 'forgotten-times'
const spansSchema = z.array(z.strictObject({ from: z.int(), to: z.int() }))

/**
 * The times of signing whose nonces were forgotten. A clock that ran ahead and came back would otherwise let in again
 * what was forgotten meanwhile. @throws when the setting is damaged: read as nothing it would let in what it keeps out.
 */
export async function forgottenTimes(db: Reader): Promise<readonly TimeSpan[]> {
  const text = await readSetting(db, name)
  if (text === undefined) return []
  const parsed = spansSchema.safeParse(parseJson(text))
  if (!parsed.success) throw new Error(`The setting ${name} is damaged.`)
  return parsed.data
}

/** @returns all of them */
export async function addForgottenTimes(tx: Writer, more: readonly TimeSpan[]): Promise<readonly TimeSpan[]> {
  const known = await forgottenTimes(tx)
  const spans = withSpans(known, more)
  const value = JSON.stringify(spans)
  if (value !== JSON.stringify(known)) await writeSetting(tx, name, value)
  return spans
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
