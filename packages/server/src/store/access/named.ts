import type { Reader, Writer } from '../store.ts'

/** The tables of RAM whose rows have a name in an account. */
export type NamedTable = 'ram_user' | 'ram_group' | 'ram_role' | 'ram_policy'

/** A part of a list in the order of names: those after `after`, at most `size`. */
export interface NamePage {
  readonly after: string | undefined
  readonly size: number
  /** None but these. */
  readonly only?: readonly string[] | undefined
}

export async function countNamed(db: Reader | Writer, table: NamedTable, accountId: string): Promise<number> {
  const row = await db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll().as('count'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** Deletes one row. What refers to it has to be gone, or the database refuses. */
export async function removeNamed(db: Reader | Writer, table: NamedTable, id: string): Promise<void> {
  await (db as Writer).deleteFrom(table).where('id', '=', id).execute()
}
