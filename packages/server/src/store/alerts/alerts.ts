import { type Selectable, sql } from 'kysely'
import type { Alert, AlertState } from '../../model/alert.ts'
import type { Sealer } from '../../sealing/sealing.ts'
import type { Reader, Writer } from '../store.ts'
import { AlertChannels } from './channels.ts'
import { AlertRules } from './rules.ts'
import type { AlertTable } from './tables.ts'

export interface AlertQuery {
  readonly accountId: string
  readonly states: readonly Exclude<AlertState, 'Pending'>[]
  readonly ruleId?: string | undefined
  /** Only those before this one, in the order of the list. */
  readonly before?: { readonly openedAt: number; readonly id: string } | undefined
  readonly most: number
}

/** Alerts, their rules and where they go, inside one unit of work. */
export class Alerts {
  readonly rules: AlertRules
  readonly channels: AlertChannels
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer, sealer: Sealer | undefined) {
    this.#db = db
    this.rules = new AlertRules(db)
    this.channels = new AlertChannels(db, sealer)
  }

  /** The newest first. */
  async list({ accountId, states, ruleId, before, most }: AlertQuery): Promise<readonly Alert[]> {
    let found = this.#db
      .selectFrom('alert')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('state', 'in', [...states])
    if (ruleId !== undefined) found = found.where('rule_id', '=', ruleId)
    if (before !== undefined) {
      const { openedAt, id } = before
      found = found.where((is) =>
        is.or([is('opened_at', '<', openedAt), is.and([is('opened_at', '=', openedAt), is('id', '<', id)])]),
      )
    }
    const rows = await found.orderBy('opened_at', 'desc').orderBy('id', 'desc').limit(most).execute()
    return rows.map(alertOfRow)
  }

  async count(accountId: string, states: readonly AlertState[]): Promise<number> {
    const { conditions, moments } = await this.countLive(accountId, states)
    return conditions + moments
  }

  /** Those about something that lasts, and those about something that happened. */
  async countLive(
    accountId: string,
    states: readonly AlertState[] = ['Pending', 'Open', 'Acknowledged'],
  ): Promise<{ readonly conditions: number; readonly moments: number }> {
    const counts = await this.#db
      .selectFrom('alert')
      .select((select) => [
        select.fn.countAll<number | string>().as('total'),
        sql<number | string | null>`sum(case when cause like 'event/%' or cause like 'change/%' then 1 else 0 end)`.as(
          'moments',
        ),
      ])
      .where('account_id', '=', accountId)
      .where('state', 'in', [...states])
      .executeTakeFirstOrThrow()
    const moments = Number(counts.moments ?? 0)
    return { conditions: Number(counts.total) - moments, moments }
  }

  async find(accountId: string, id: string): Promise<Alert | undefined> {
    const row = await this.#db
      .selectFrom('alert')
      .selectAll()
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .where('state', '!=', 'Pending')
      .executeTakeFirst()
    return row && alertOfRow(row)
  }

  /** One about a moment has nothing more to wait for, and closes. */
  async acknowledge(id: string, by: string, at: number, closes: boolean): Promise<void> {
    await (this.#db as Writer)
      .updateTable('alert')
      .set({
        ...{ state: closes ? 'Closed' : 'Acknowledged', acknowledged_at: at, acknowledged_by: by },
        ...(closes ? { closed_at: at } : {}),
      })
      .where('id', '=', id)
      .execute()
  }

  /** The rule is no more, or is another one: its alerts close, and nobody is told. */
  async closeOfRule(ruleId: string, at: number): Promise<void> {
    const tx = this.#db as Writer
    await tx.deleteFrom('alert').where('rule_id', '=', ruleId).where('state', '=', 'Pending').execute()
    await tx
      .updateTable('alert')
      .set({ state: 'Closed', closed_at: at, once: null, end_untold: 0 })
      .where('rule_id', '=', ruleId)
      .where('state', 'in', ['Open', 'Acknowledged'])
      .execute()
    await tx.updateTable('alert').set({ end_untold: 0 }).where('rule_id', '=', ruleId).execute()
  }
}

export function alertOfRow(row: Selectable<AlertTable>): Alert {
  return {
    id: row.id,
    accountId: row.account_id,
    ruleId: row.rule_id,
    ruleName: row.rule_name,
    kind: row.kind,
    cause: row.cause,
    instanceId: row.instance_id,
    instanceName: row.instance_name,
    serial: row.serial ?? undefined,
    event: row.event ?? undefined,
    state: row.state,
    since: row.since,
    openedAt: row.opened_at ?? undefined,
    acknowledgedAt: row.acknowledged_at ?? undefined,
    acknowledgedBy: row.acknowledged_by ?? undefined,
    closedAt: row.closed_at ?? undefined,
    toldAt: row.told_at ?? undefined,
  }
}
