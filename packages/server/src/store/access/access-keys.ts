import type { Sealer } from '../../sealing/sealing.ts'
import type { Reader, Writer } from '../store.ts'
import { raiseAccessEpoch } from './epoch.ts'
import { type AccessKeyPair, type KeyOwner, keepAccessKey } from './keys.ts'
import type { AccessKeyTable } from './tables.ts'

/** An access key as its owner sees it. The secret is shown once, when it is made. */
export interface StoredAccessKey {
  readonly id: string
  readonly accountId: string
  /** The RAM user it belongs to; none for a key of the account itself. */
  readonly userId: string | undefined
  readonly status: AccessKeyTable['status']
  readonly createdAt: number
  readonly lastUsedAt: number | undefined
}

const columns = ['id', 'account_id', 'user_id', 'status', 'created_at', 'last_used_at'] as const

/** Access keys of users and accounts, inside one unit of work. */
export class RamAccessKeys {
  readonly #db: Reader | Writer
  readonly #sealer: Sealer | undefined

  /** @param sealer needed to add keys only */
  constructor(db: Reader | Writer, sealer?: Sealer) {
    this.#db = db
    this.#sealer = sealer
  }

  async add(owner: KeyOwner, pair: AccessKeyPair, at: number): Promise<void> {
    if (this.#sealer === undefined) throw new Error('Keys cannot be added without a sealer.')
    await keepAccessKey(this.#db as Writer, this.#sealer, pair, owner, at)
  }

  /** A key of that owner. */
  async key({ accountId, userId }: KeyOwner, id: string): Promise<StoredAccessKey | undefined> {
    const row = await this.#db.selectFrom('access_key').select(columns).where('id', '=', id).executeTakeFirst()
    if (row === undefined || row.account_id !== accountId || (row.user_id ?? undefined) !== userId) return undefined
    return keyOf(row)
  }

  /** Oldest first. */
  async keysOf({ accountId, userId }: KeyOwner): Promise<readonly StoredAccessKey[]> {
    const keys = this.#db.selectFrom('access_key').select(columns)
    const own =
      userId === undefined
        ? keys.where('account_id', '=', accountId).where('user_id', 'is', null)
        : keys.where('user_id', '=', userId)
    return (await own.orderBy('created_at').orderBy('id').execute()).map(keyOf)
  }

  async setStatus({ id, accountId }: StoredAccessKey, status: StoredAccessKey['status']): Promise<void> {
    await (this.#db as Writer).updateTable('access_key').set({ status }).where('id', '=', id).execute()
    await raiseAccessEpoch(this.#db, accountId)
  }

  async remove({ id, accountId }: StoredAccessKey): Promise<void> {
    await (this.#db as Writer).deleteFrom('access_key').where('id', '=', id).execute()
    await raiseAccessEpoch(this.#db, accountId)
  }

  /** Notes a use. Never earlier than one noted before. */
  async touch(id: string, at: number): Promise<void> {
    await (this.#db as Writer)
      .updateTable('access_key')
      .set({ last_used_at: at })
      .where('id', '=', id)
      .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', at)]))
      .execute()
  }
}

function keyOf(row: Pick<AccessKeyTable, (typeof columns)[number]>): StoredAccessKey {
  return {
    id: row.id,
    accountId: row.account_id,
    userId: row.user_id ?? undefined,
    status: row.status,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at ?? undefined,
  }
}
