import { z } from 'zod'
import { readSetting, writeSetting } from '../settings.ts'
import type { Reader, Writer } from '../store.ts'

const setting = 'alert-sweep'

const stateSchema = z.object({
  /** The node that looks, and until when nobody else does. */
  node: z.string(),
  until: z.number(),
  /** The newest event that had been written at the last look, and at the one before it. */
  events: z.object({ newest: z.number(), before: z.number() }).optional(),
  /** Up to when changes of passwords were looked at. */
  changesTo: z.number().optional(),
})
export type SweepState = z.infer<typeof stateSchema>

export async function readSweepState(db: Reader): Promise<SweepState | undefined> {
  const text = await readSetting(db, setting)
  return text === undefined ? undefined : stateSchema.parse(JSON.parse(text))
}

export async function writeSweepState(tx: Writer, state: SweepState): Promise<void> {
  await writeSetting(tx, setting, JSON.stringify(state))
}

/** Longer than clocks of nodes differ: a turn that ends later than this is not believed. */
const longestTurnMs = 15 * 60_000

/** Whether this node is the one that looks for alerts, which it then is until `until`. */
export async function takeTurn(
  tx: Writer,
  node: string,
  { at, until }: { at: number; until: number },
): Promise<boolean> {
  const state = await readSweepState(tx)
  const isOthers = state !== undefined && state.node !== node && state.until > at && state.until <= at + longestTurnMs
  if (isOthers) return false
  await writeSweepState(tx, { ...state, node, until })
  return true
}
