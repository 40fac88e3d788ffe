import { readSetting, writeSetting } from '../settings.ts'
import type { Reader, Writer } from '../store.ts'

/**
 * What a restore from a backup leaves in the store, so that the time after it is told from the time it has lost. It is in the
 * store and not in a file beside it, so that a copy made afterwards holds it too.
 */
const names = {
  /** When the store was restored last. */
  restoredAt: 'restored-at',
  /** No request that was signed at this time or before is accepted. */
  signatureFence: 'signature-fence',
  generationFloor: 'generation-floor',
} as const

/** Milliseconds since 1970; undefined when it was never restored. */
export function restoredAt(db: Reader): Promise<number | undefined> {
  return mark(db, names.restoredAt)
}

export function setRestoredAt(tx: Writer, at: number): Promise<void> {
  return setMark(tx, names.restoredAt, at)
}

/** Milliseconds since 1970; 0 when the store was never restored. */
export async function signatureFence(db: Reader): Promise<number> {
  return (await mark(db, names.signatureFence)) ?? 0
}

/** It only ever rises: the backup may be of a server that was restored itself, and this clock behind that one's. */
export async function raiseSignatureFence(tx: Writer, until: number): Promise<void> {
  await setMark(tx, names.signatureFence, Math.max(until, await signatureFence(tx)))
}

/**
 * Every generation given out from now on is higher: none is used both before a restore and, for another change, after it.
 * 0 when the store was never restored.
 */
export async function generationFloor(db: Reader): Promise<number> {
  return (await mark(db, names.generationFloor)) ?? 0
}

/** It only ever rises. */
export async function setGenerationFloor(tx: Writer, floor: number): Promise<void> {
  await setMark(tx, names.generationFloor, Math.max(floor, await generationFloor(tx)))
}

async function mark(db: Reader, name: string): Promise<number | undefined> {
  const text = await readSetting(db, name)
  if (text === undefined) return undefined
  const value = Number(text)
  // Read as nothing it would let in what it keeps out.
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) throw new Error(`The setting ${name} is damaged: ${text}`)
  return value
}

async function setMark(tx: Writer, name: string, value: number): Promise<void> {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is no value of ${name}.`)
  await writeSetting(tx, name, String(value))
}
