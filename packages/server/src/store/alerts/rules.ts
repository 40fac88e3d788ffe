import type { Selectable } from 'kysely'
import type { AlertRule } from '../../model/alert.ts'
import type { Reader, Writer } from '../store.ts'
import type { AlertRuleTable } from './tables.ts'

/** Who is told what, inside one unit of work. */
export class AlertRules {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  /** The oldest first: an account has few. */
  async of(accountId: string): Promise<readonly AlertRule[]> {
    const rows = await this.#db
      .selectFrom('alert_rule')
      .selectAll()
      .where('account_id', '=', accountId)
      .orderBy('created_at')
      .orderBy('id')
      .execute()
    return rows.map(ruleOfRow)
  }

  async find(accountId: string, id: string): Promise<AlertRule | undefined> {
    const row = await this.#db
      .selectFrom('alert_rule')
      .selectAll()
      .where('id', '=', id)
      .where('account_id', '=', accountId)
      .executeTakeFirst()
    return row && ruleOfRow(row)
  }

  /** Adds it, or puts it in the place of the one with its id. */
  async set(rule: AlertRule): Promise<void> {
    const { id, ...columns } = rowOf(rule)
    await (this.#db as Writer)
      .insertInto('alert_rule')
      .values({ id, ...columns })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
      .execute()
  }

  async remove(id: string): Promise<void> {
    await (this.#db as Writer).deleteFrom('alert_rule').where('id', '=', id).execute()
  }
}

function rowOf(rule: AlertRule): Selectable<AlertRuleTable> {
  return {
    id: rule.id,
    account_id: rule.accountId,
    name: rule.name,
    kind: rule.kind,
    threshold: rule.threshold,
    instance_ids: rule.instanceIds === undefined ? null : JSON.stringify(rule.instanceIds),
    channel_ids: JSON.stringify(rule.channelIds),
    quiet_from: rule.quiet?.from ?? null,
    quiet_to: rule.quiet?.to ?? null,
    quiet_offset: rule.quiet?.offset ?? null,
    repeat_minutes: rule.repeatMinutes,
    enabled: Number(rule.isEnabled),
    created_at: rule.createdAt,
  }
}

function ruleOfRow(row: Selectable<AlertRuleTable>): AlertRule {
  const { quiet_from: from, quiet_to: to, quiet_offset: offset } = row
  return {
    id: row.id,
    accountId: row.account_id,
    name: row.name,
    kind: row.kind,
    threshold: row.threshold,
    instanceIds: row.instance_ids === null ? undefined : JSON.parse(row.instance_ids),
    channelIds: JSON.parse(row.channel_ids),
    quiet: from === null || to === null || offset === null ? undefined : { from, to, offset },
    repeatMinutes: row.repeat_minutes,
    isEnabled: row.enabled === 1,
    createdAt: row.created_at,
  }
}
