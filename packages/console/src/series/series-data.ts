import type { ResultOf } from '@opensag/smartag-client'
import { call } from '../app/session.svelte.ts'
import type { Language } from '../app/texts.ts'
import { searchAudit } from '../screens/audit/audit-data.ts'
import { whoIn } from '../screens/audit/audit-event.ts'
import { utcText } from '../screens/audit/audit-time.ts'
import { titleOf } from '../screens/audit/event-words.ts'
import { isChange } from '../screens/overview/changes.ts'
import { type Range, ranges, windowOf } from './steps.ts'

interface Place {
  readonly RegionId: string
  readonly SmartAGId: string
}

export interface Told {
  readonly range: Range
  /** When it was asked for. */
  readonly now: number
  readonly answer: ResultOf<'DescribeMetricSeries'>
}

/** Reads series; what was read is read again only when a third of a step has passed: a week is many steps, and few of them new. */
export function createSeriesReader(): (place: Place, range: Range, now: number, signal?: AbortSignal) => Promise<Told> {
  let last: (Told & { readonly id: string }) | undefined
  return async (place, range, now, signal) => {
    const { from, stepMs } = windowOf(range, now)
    const id = place.SmartAGId
    if (last?.id === id && last.range === range && now - last.now < stepMs / 3) return last
    const params = { ...place, Period: ranges[range].period, StartTime: utcText(from) }
    const told = { id, range, now, answer: await call('OpenSAG', 'DescribeMetricSeries', params, signal) }
    last = told
    return told
  }
}

export interface Change {
  readonly at: number
  readonly text: string
}

/** What was changed of an instance, or of anything, the newest first: as many as one page of the audit has. */
export async function changesOf(
  id: string | undefined,
  range: Range,
  now: number,
  language: Language,
  signal?: AbortSignal,
): Promise<readonly Change[]> {
  const times = { StartTime: utcText(windowOf(range, now).from), EndTime: utcText(now + 1000) }
  const { events } = await searchAudit(
    { ...(id !== undefined && { Object: id }), EventRW: 'Write', Outcome: 'Done', ...times },
    undefined,
    signal,
  )
  return events.filter(isChange).map((event) => ({
    at: Date.parse(event.eventTime),
    text: `${titleOf(event, language)} · ${whoIn(event)}`,
  }))
}
