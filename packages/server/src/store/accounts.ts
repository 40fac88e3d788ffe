import type { Reader, Writer } from './store.ts'

export interface StoredAccount {
  readonly id: string
  readonly name: string
  readonly createdAt: number
}

/** Oldest first: the first one is that of the first start. */
export async function listAccounts(db: Reader | Writer): Promise<readonly StoredAccount[]> {
  const rows = await db.selectFrom('account').selectAll().orderBy('created_at').orderBy('id').execute()
  return rows.map(({ id, name, created_at }) => ({ id, name, createdAt: created_at }))
}
