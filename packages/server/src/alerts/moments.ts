import type { Alert, AlertKind, AlertRule } from '../model/alert.ts'
import { mostOpenAlerts } from '../model/alert.ts'
import { Alerts } from '../store/alerts/alerts.ts'
import { writeAlertChanges } from '../store/alerts/changes.ts'
import { failedChanges, type Moment, mendedChanges, newestEvent, securityEventsAfter } from '../store/alerts/moments.ts'
import { readSweepState, type SweepState, writeSweepState } from '../store/alerts/sweep-state.ts'
import { newAlert } from './decide.ts'
import type { AlertSweepContext } from './sweep.ts'

/** So many are looked at in one unit of work. */
const most = 500
/** Nodes have clocks of their own, and what they wrote may be seen late: so much is looked at twice. An alert begins once. */
const overlapMs = 2 * 60_000
/** What happened longer ago, while no server ran, is history. */
const longestMs = 86_400_000

/** Begins alerts about what happened since the last look, and ends those about changes that were made good. */
export async function lookForMoments(context: AlertSweepContext, at: number): Promise<void> {
  const { store } = context
  const state = await store.read(readSweepState)
  if (state === undefined) return
  const newest = await store.read(newestEvent)
  const from = state.events?.before ?? newest
  for (let after = from; ; ) {
    const found = await store.read((db) => securityEventsAfter(db, { after, upTo: newest, most }))
    await begin(context, 'SecurityEvent', found, at)
    if (found.length < most) break
    after = Number(found.at(-1)?.id)
  }
  const changesFrom = Math.max((state.changesTo ?? at) - overlapMs, at - longestMs)
  for (let after = changesFrom; ; ) {
    const found = await store.read((db) => failedChanges(db, { from: after, to: at, most }))
    await begin(context, 'PasswordChangeFailed', found, at)
    if (found.length < most) break
    after = found.at(-1)?.at ?? at
  }
  for (;;) {
    const ended = await store.read((db) => mendedChanges(db, most))
    if (ended.length > 0) await store.write((tx) => writeAlertChanges(tx, { begun: [], opened: [], ended }, at))
    if (ended.length < most) break
  }
  const next = { events: { newest, before: state.events?.newest ?? newest }, changesTo: at }
  await store.write(async (tx) => {
    const now: SweepState | undefined = await readSweepState(tx)
    if (now !== undefined) await writeSweepState(tx, { ...now, ...next })
  })
}

async function begin(
  { store, sealer, newId }: AlertSweepContext,
  kind: AlertKind,
  moments: readonly Moment[],
  at: number,
): Promise<void> {
  for (const accountId of new Set(moments.map((moment) => moment.accountId))) {
    const own = moments.filter((moment) => moment.accountId === accountId)
    await store.write(async (tx) => {
      const alerts = new Alerts(tx, sealer)
      const rules = (await alerts.rules.of(accountId)).filter((rule) => rule.kind === kind && rule.isEnabled)
      if (rules.length === 0) return
      // Room of their own: what has happened is looked at once, and must not be lost because many are offline.
      const room = mostOpenAlerts - (await alerts.countLive(accountId)).moments
      const begun = rules.flatMap((rule) => alertsOf(rule, own, { at, newId })).slice(0, Math.max(0, room))
      await writeAlertChanges(tx, { begun, opened: [], ended: [] }, at)
    })
  }
}

function alertsOf(
  rule: AlertRule,
  moments: readonly Moment[],
  { at, newId }: { readonly at: number; readonly newId: (prefix: string) => string },
): readonly Alert[] {
  const prefix = rule.kind === 'SecurityEvent' ? 'event' : 'change'
  return moments
    .filter((moment) => moment.at >= rule.createdAt && (rule.instanceIds?.includes(moment.instanceId) ?? true))
    .map(({ id, instanceId, instanceName, serial, event, at: since }) => {
      const cause = { key: `${prefix}/${id}`, serial, event, since }
      const instance = { id: instanceId, name: instanceName }
      return newAlert(rule, instance, cause, { id: newId('alert-'), state: 'Open', at })
    })
}
