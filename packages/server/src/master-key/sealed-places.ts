import { type RawBuilder, sql } from 'kysely'
import { accessKeyContext } from '../store/access/keys.ts'
import { seedContext } from '../store/access/mfa-devices.ts'
import { sessionContext } from '../store/access/sts-sessions.ts'
import { channelSecretContext, channelTargetContext } from '../store/alerts/channels.ts'
import { enrolmentKeyContext } from '../store/fleet/stored-fleet.ts'
import { reenrolmentKeyContext } from '../store/gateways/reenrolments.ts'
import { itemPasswordContext } from '../store/jobs/item-passwords.ts'
import { sealedSettings, settingContext } from '../store/sealed-settings.ts'
import type { Writer } from '../store/store.ts'

export interface SealedValue {
  /** Primary key of its row. */
  readonly id: string
  readonly sealed: string
}

/** One column of the store that holds values under the master key. */
export interface SealedPlace {
  /** Table and column, for a person. */
  readonly name: string
  /** The next values in the order of their rows, after that row. */
  after(tx: Writer, id: string, limit: number): Promise<readonly SealedValue[]>
  replace(tx: Writer, id: string, sealed: string): Promise<void>
  /** What a value of this row is bound to. */
  context(id: string): string
}

/**
 * Everything that is sealed. The server's identity comes first: a copy of the database that was made while the values are
 * sealed anew then does not open under the older key, so a backup never keeps the older key beside values of the newer.
 */
export const sealedPlaces: readonly SealedPlace[] = [
  {
    ...columnPlace('setting', 'name', 'value', (name) => settingContext(name as (typeof sealedSettings)[number])),
    async after(tx, id, limit) {
      const rows = await tx
        .selectFrom('setting')
        .select(['name as id', 'value as sealed'])
        .where('name', 'in', [...sealedSettings])
        .where('name', '>', id)
        .orderBy('name')
        .limit(limit)
        .execute()
      return rows
    },
  },
  columnPlace('access_key', 'id', 'secret_sealed', accessKeyContext),
  columnPlace('sts_session', 'id', 'secret_sealed', sessionContext),
  columnPlace('device', 'serial', 'enrolment_key_sealed', enrolmentKeyContext),
  columnPlace('device', 'serial', 'reenrolment_key_sealed', reenrolmentKeyContext),
  columnPlace('alert_channel', 'id', 'target_sealed', channelTargetContext),
  columnPlace('alert_channel', 'id', 'secret_sealed', channelSecretContext),
  // Its key has two columns. An account id is digits, so the first slash parts them.
  columnPlace('ram_mfa_device', sql`(account_id || '/' || name)`, 'seed_sealed', (id) => {
    const [accountId = ''] = id.split('/', 1)
    return seedContext(accountId, id.slice(accountId.length + 1))
  }),
  columnPlace('job_item', sql`(job_id || '/' || position || '/' || serial)`, 'password_sealed', itemPasswordContext),
]

function columnPlace(
  table: string,
  key: string | RawBuilder<unknown>,
  column: string,
  context: (id: string) => string,
): SealedPlace {
  const [from, sealed] = [sql.table(table), sql.ref(column)]
  const id = typeof key === 'string' ? sql.ref(key) : key
  return {
    name: `${table}.${column}`,
    context,
    async after(tx, last, limit) {
      const found = sql<SealedValue>`select ${id} as id, ${sealed} as sealed from ${from} where ${id} > ${last} and ${sealed} is not null order by ${id} limit ${sql.lit(limit)}`
      return (await found.execute(tx)).rows
    },
    async replace(tx, row, value) {
      // What was erased meanwhile stays so.
      await sql`update ${from} set ${sealed} = ${value} where ${id} = ${row} and ${sealed} is not null`.execute(tx)
    },
  }
}
