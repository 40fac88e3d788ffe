import type { ResultOf } from '@opensag/smartag-client'
import type { Always } from '../../app/always.ts'
import { clock } from '../../app/clock.ts'
import { callByName } from '../../app/session.svelte.ts'
import type { Health } from '../../fleet/row.ts'
import type { Trouble } from '../../fleet/troubles.ts'
import { searchAudit } from '../audit/audit-data.ts'
import type { AuditEvent } from '../audit/audit-event.ts'
import { momentsOf } from '../audit/audit-time.ts'
import { type Change, gathered, isChange } from './changes.ts'

type Told = ResultOf<'GetOverview'>

export interface Overview {
  readonly TotalCount: number
  /** Policies leave some out, perhaps. */
  readonly InPart?: boolean
  readonly States: readonly { readonly State: Health; readonly Count: number }[]
  readonly Troubles: readonly Trouble[]
  readonly Versions: readonly Always<Told['Versions'][number], 'Model' | 'Version' | 'Count'>[]
  readonly OtherVersionCount?: number
}

/** Asks for what has changed since its last answer: mostly that is nothing, and next to nothing comes. */
export function createOverviewReader(): (signal: AbortSignal) => Promise<Overview> {
  let last: { readonly token: string; readonly told: Overview } | undefined
  return async (signal) => {
    const params = last === undefined ? {} : { Since: last.token }
    const answer = await callByName<Overview & { readonly Since: string }>('OpenSAG', 'GetOverview', params, signal)
    if (last === undefined || answer.Since !== last.token) last = { token: answer.Since, told: answer }
    return last.told
  }
}

/** As many events are looked at, in as few calls. */
const mostEvents = 20
const mostPages = 4

/** What changed within a day, the newest first, and whether there was more of it. */
export async function changesOfToday(
  signal: AbortSignal,
): Promise<{ readonly changes: readonly Change[]; readonly isCut: boolean }> {
  const asked = { ...momentsOf({ span: 'day', from: '', to: '' }, clock.now()), EventRW: 'Write', Outcome: 'Done' }
  const found: AuditEvent[] = []
  let token: string | undefined
  for (let page = 0; page < mostPages && found.length < mostEvents; page += 1) {
    const answer = await searchAudit(asked, token, signal)
    found.push(...answer.events.filter(isChange))
    token = answer.token
    if (token === undefined) break
  }
  return { changes: gathered(found.slice(0, mostEvents)), isCut: token !== undefined || found.length > mostEvents }
}
