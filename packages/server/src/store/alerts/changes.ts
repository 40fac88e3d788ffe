// What a sweep writes. Each change says which state it is from, so that one that comes twice does nothing.
import type { Alert } from '../../model/alert.ts'
import { isMoment } from '../../model/alert.ts'
import type { Reader, Writer } from '../store.ts'
import { alertOfRow } from './alerts.ts'

export interface AlertChanges {
  /** New ones, pending or open. */
  readonly begun: readonly Alert[]
  /** Ids of pending ones that are open from now on. */
  readonly opened: readonly string[]
  /** Whose cause is gone, or whose time is over. Pending ones are forgotten. */
  readonly ended: readonly Alert[]
}

/** A statement has so many rows at most: SQLite allows 32,766 values in one. */
const rowsOfStatement = 500

export function isNothing({ begun, opened, ended }: AlertChanges): boolean {
  return begun.length + opened.length + ended.length === 0
}

export async function writeAlertChanges(tx: Writer, { begun, opened, ended }: AlertChanges, at: number): Promise<void> {
  for (const part of partsOf(begun)) {
    await tx
      .insertInto('alert')
      .values(part.map(newRow))
      .onConflict((conflict) => conflict.column('once').doNothing())
      .execute()
  }
  for (const part of partsOf(opened)) {
    await tx
      .updateTable('alert')
      .set({ state: 'Open', opened_at: at })
      .where('id', 'in', part)
      .where('state', '=', 'Pending')
      .execute()
  }
  const pending = ended.filter(({ state }) => state === 'Pending')
  for (const part of partsOf(pending.map(({ id }) => id))) {
    await tx.deleteFrom('alert').where('id', 'in', part).where('state', '=', 'Pending').execute()
  }
  const closed = ended.filter(({ state }) => state !== 'Pending')
  const moments = closed.filter(isMoment)
  await close(tx, moments, at, {})
  await close(
    tx,
    closed.filter((alert) => !isMoment(alert) && alert.toldAt === undefined),
    at,
    { once: null },
  )
  // Whoever was told that it began is told that it is over.
  await close(
    tx,
    closed.filter((alert) => !isMoment(alert) && alert.toldAt !== undefined),
    at,
    { once: null, end_untold: 1 },
  )
}

async function close(
  tx: Writer,
  alerts: readonly Alert[],
  at: number,
  more: { readonly once?: null; readonly end_untold?: 1 },
): Promise<void> {
  for (const part of partsOf(alerts.map(({ id }) => id))) {
    await tx
      .updateTable('alert')
      .set({ state: 'Closed', closed_at: at, ...more })
      .where('id', 'in', part)
      .where('state', 'in', ['Open', 'Acknowledged'])
      .execute()
  }
}

function newRow(alert: Alert) {
  return {
    id: alert.id,
    account_id: alert.accountId,
    rule_id: alert.ruleId,
    rule_name: alert.ruleName,
    kind: alert.kind,
    cause: alert.cause,
    once: `${alert.ruleId}/${alert.cause}`,
    instance_id: alert.instanceId,
    instance_name: alert.instanceName,
    serial: alert.serial ?? null,
    event: alert.event ?? null,
    state: alert.state,
    since: alert.since,
    opened_at: alert.openedAt ?? null,
    acknowledged_at: null,
    acknowledged_by: null,
    closed_at: null,
    told_at: null,
    end_untold: 0,
  }
}

function* partsOf<T>(all: readonly T[]): Generator<T[]> {
  for (let from = 0; from < all.length; from += rowsOfStatement) yield all.slice(from, from + rowsOfStatement)
}

/** Alerts that are not closed, of the instances with these ids: after the one, up to the other where there is one. */
export async function liveAlerts(
  db: Reader,
  accountId: string,
  { after, upTo }: { readonly after: string; readonly upTo: string | undefined },
): Promise<readonly Alert[]> {
  let rows = db
    .selectFrom('alert')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('instance_id', '>', after)
    .where('state', '!=', 'Closed')
  if (upTo !== undefined) rows = rows.where('instance_id', '<=', upTo)
  return (await rows.execute()).map(alertOfRow)
}

/** Accounts that have a rule or an alert that is not closed. */
export async function accountsWithAlerts(db: Reader): Promise<readonly string[]> {
  const rules = await db.selectFrom('alert_rule').select('account_id').distinct().execute()
  const alerts = await db
    .selectFrom('alert')
    .select('account_id')
    .distinct()
    .where('state', 'in', ['Pending', 'Open', 'Acknowledged'])
    .execute()
  return [...new Set([...rules, ...alerts].map(({ account_id: id }) => id))].sort()
}
