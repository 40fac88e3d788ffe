import { deflateRawSync, inflateRawSync } from 'node:zlib'
import {
  type Measure,
  measures,
  merged,
  type SpanName,
  type Step,
  seriesSpans,
  stepOf,
} from '../../model/metric-series.ts'
import type { Reader, Writer } from '../store.ts'

export interface SeriesOf {
  readonly instanceId: string
  /** Serial number of a gateway; empty: the remote users of the instance. */
  readonly subject: string
}

export interface Range {
  readonly from: number
  /** Before this. */
  readonly to: number
}

type Columns = { readonly [measure in Measure]?: readonly (number | null)[] }

/** More than all measures of a pack of 96 steps can need as text. */
const longestPack = 64 * 1024

/** By measure rather than by step: equal values beside one another take hardly any room. */
export function packed(steps: readonly Step[], span: SpanName, begin: number): Uint8Array {
  const { stepMs, packMs } = seriesSpans[span]
  const known = measures.filter((measure) => steps.some((step) => step[measure] !== undefined))
  const byTime = new Map(steps.map((step) => [(step.at - begin) / stepMs, step]))
  const columns = Object.fromEntries(
    known.map((measure) => [
      measure,
      Array.from({ length: packMs / stepMs }, (_, index) => byTime.get(index)?.[measure] ?? null),
    ]),
  )
  return deflateRawSync(JSON.stringify(columns))
}

export function unpacked(bytes: Uint8Array, span: SpanName, begin: number): readonly Step[] {
  const text = inflateRawSync(bytes, { maxOutputLength: longestPack }).toString()
  const columns = JSON.parse(text) as Columns
  const { stepMs, packMs } = seriesSpans[span]
  return Array.from({ length: packMs / stepMs }, (_, index): Step => {
    const known = measures.flatMap((measure) => {
      const value = columns[measure]?.[index] ?? null
      return value === null ? [] : [[measure, value]]
    })
    return { at: begin + index * stepMs, ...Object.fromEntries(known) }
  }).filter((step) => Object.keys(step).length > 1)
}

/** What was put away of these steps, in order. */
export async function keptSteps(
  db: Reader,
  { instanceId, subject }: SeriesOf,
  span: SpanName,
  { from, to }: Range,
): Promise<readonly Step[]> {
  const rows = await db
    .selectFrom('series')
    .select(['begin_at', 'steps'])
    .where('instance_id', '=', instanceId)
    .where('subject', '=', subject)
    .where('span', '=', span)
    .where('begin_at', '>=', stepOf(from, seriesSpans[span].packMs))
    .where('begin_at', '<', to)
    .orderBy('begin_at')
    .execute()
  return rows.flatMap((row) => unpacked(row.steps, span, row.begin_at)).filter(({ at }) => at >= from && at < to)
}

/** Puts steps away beside what is there of them. Doing so again changes nothing. */
export async function keepSteps(tx: Writer, of: SeriesOf, span: SpanName, steps: readonly Step[]): Promise<void> {
  const { packMs } = seriesSpans[span]
  const byPack = new Map<number, Step[]>()
  for (const step of steps) {
    const begin = stepOf(step.at, packMs)
    byPack.set(begin, [...(byPack.get(begin) ?? []), step])
  }
  for (const [begin, own] of byPack) {
    const before = await keptSteps(tx, of, span, { from: begin, to: begin + packMs })
    const bytes = packed(merged(before, own), span, begin)
    await tx
      .insertInto('series')
      .values({ instance_id: of.instanceId, subject: of.subject, span, begin_at: begin, steps: bytes })
      .onConflict((conflict) =>
        conflict.columns(['instance_id', 'subject', 'span', 'begin_at']).doUpdateSet({ steps: bytes }),
      )
      .execute()
  }
}

/** Rows that one sweep forgets: little enough to share a commit with requests. */
export const forgottenAtOnce = 500

function tooOld(db: Reader, span: SpanName, now: number) {
  const { packMs, keptMs } = seriesSpans[span]
  return db
    .selectFrom('series')
    .select(['instance_id', 'subject', 'begin_at'])
    .where('span', '=', span)
    .where('begin_at', '<=', now - keptMs - packMs)
}

export async function isAnyTooOld(db: Reader, span: SpanName, now: number): Promise<boolean> {
  return (await tooOld(db, span, now).limit(1).executeTakeFirst()) !== undefined
}

/** Forgets packs of which every step is too old; resolves with how many. */
export async function forgetSeries(tx: Writer, span: SpanName, now: number): Promise<number> {
  const gone = await tooOld(tx, span, now).limit(forgottenAtOnce).execute()
  for (const row of gone) {
    await tx
      .deleteFrom('series')
      .where('instance_id', '=', row.instance_id)
      .where('subject', '=', row.subject)
      .where('span', '=', span)
      .where('begin_at', '=', row.begin_at)
      .execute()
  }
  return gone.length
}
