import type { ResultOf } from '@opensag/smartag-client'
import { call } from '../app/session.svelte.ts'
import type { Language } from '../app/texts.ts'
import { searchAudit } from '../screens/audit/audit-data.ts'
import { whoIn } from '../screens/audit/audit-event.ts'
import { utcText } from '../screens/audit/audit-time.ts'
import { titleOf } from '../screens/audit/event-words.ts'
import { type Range, ranges, windowOf } from './steps.ts'

interface Place {
  readonly RegionId: string
  readonly SmartAGId: string
}

export function seriesOf(
  place: Place,
  range: Range,
  now: number,
  signal?: AbortSignal,
): Promise<ResultOf<'DescribeMetricSeries'>> {
  const { from } = windowOf(range, now)
  const params = { ...place, Period: ranges[range].period, StartTime: utcText(from) }
  return call('OpenSAG', 'DescribeMetricSeries', params, signal)
}

export interface Change {
  readonly at: number
  readonly text: string
}

/** What was changed of an instance, the newest first: as many as one page of the audit has. */
export async function changesOf(
  id: string,
  range: Range,
  now: number,
  language: Language,
  signal?: AbortSignal,
): Promise<readonly Change[]> {
  const times = { StartTime: utcText(windowOf(range, now).from), EndTime: utcText(now + 1000) }
  const { events } = await searchAudit({ Object: id, EventRW: 'Write', Outcome: 'Done', ...times }, undefined, signal)
  return events.map((event) => ({
    at: Date.parse(event.eventTime),
    text: `${titleOf(event, language)} · ${whoIn(event)}`,
  }))
}
