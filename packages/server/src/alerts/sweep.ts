// Looks for what rules are about, once among the nodes of a store, and has the channels told.
import type { AlertRule } from '../model/alert.ts'
import { mostOpenAlerts } from '../model/alert.ts'
import type { Sealer } from '../sealing/sealing.ts'
import { Alerts } from '../store/alerts/alerts.ts'
import { accountsWithAlerts, isNothing, liveAlerts, writeAlertChanges } from '../store/alerts/changes.ts'
import { forgetAlerts } from '../store/alerts/forget.ts'
import { takeTurn } from '../store/alerts/sweep-state.ts'
import { listFleet } from '../store/fleet/overview.ts'
import { inParts, partSize } from '../store/fleet/parts.ts'
import type { Store } from '../store/store.ts'
import { decide } from './decide.ts'
import { lookForMoments } from './moments.ts'
import { tellChannels } from './tell.ts'

export interface AlertSweepContext {
  readonly store: Store
  readonly sealer: Sealer
  readonly nodeId: string
  /** Gateways come and go, alerts begin and quiet hours pass by it. */
  readonly wallClock: () => number
  /** Subscriptions end by it. */
  readonly businessClock: () => number
  /** A fresh identifier with this prefix. */
  readonly newId: (prefix: string) => string
}

/** Another node looks when nothing was heard for so long of the one that did. */
const turnMs = 3 * 60_000

export async function sweepAlerts(context: AlertSweepContext, isOver: () => boolean = () => false): Promise<void> {
  const { store, nodeId, wallClock } = context
  const at = wallClock()
  if (!(await store.write((tx) => takeTurn(tx, nodeId, { at, until: at + turnMs })))) return
  await lookForMoments(context, at)
  for (const accountId of await store.read(accountsWithAlerts)) {
    if (isOver()) return
    const rules = await store.read((db) => new Alerts(db, context.sealer).rules.of(accountId))
    const inForce = rules.filter(({ isEnabled }) => isEnabled)
    await lookAtInstances(context, accountId, inForce, isOver)
    await tellChannels(context, inForce, isOver)
  }
  await forgetAlerts(store, { at, isOver })
}

/** Part by part, each in short units of its own: so many instances stop nobody else. */
async function lookAtInstances(
  { store, sealer, wallClock, businessClock, newId }: AlertSweepContext,
  accountId: string,
  rules: readonly AlertRule[],
  isOver: () => boolean,
): Promise<void> {
  const live = await store.read((db) => new Alerts(db, sealer).countLive(accountId))
  let room = mostOpenAlerts - live.conditions
  let after = ''
  for (;;) {
    if (isOver()) return
    const from = after
    const instances = (await listFleet(inParts(store), { accountId, after: from }, partSize)).map((row) => row.instance)
    const isLast = instances.length < partSize
    const upTo = isLast ? undefined : instances.at(-1)?.id
    const known = await store.read((db) => liveAlerts(db, accountId, { after: from, upTo }))
    const at = wallClock()
    const clocks = { at, now: businessClock() }
    const changes = decide({ rules, instances, live: known, room, newId: () => newId('alert-'), ...clocks })
    if (!isNothing(changes)) await store.write((tx) => writeAlertChanges(tx, changes, at))
    room -= changes.begun.length - changes.ended.length
    if (upTo === undefined) return
    after = upTo
  }
}
