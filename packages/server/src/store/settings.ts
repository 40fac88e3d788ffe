import { compiledRow } from './compiled-query.ts'
import type { Reader, Writer } from './store.ts'

const settingNamed = compiledRow((db: Reader, given: { name: string }) =>
  db.selectFrom('setting').select('value').where('name', '=', given.name),
)

/** A fact of the deployment itself; undefined when it was never written. */
export async function readSetting(db: Reader, name: string): Promise<string | undefined> {
  const row = await settingNamed(db, { name })
  return row?.value
}

export async function writeSetting(tx: Writer, name: string, value: string): Promise<void> {
  await tx
    .insertInto('setting')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}

export async function deleteSetting(tx: Writer, name: string): Promise<void> {
  await tx.deleteFrom('setting').where('name', '=', name).execute()
}
