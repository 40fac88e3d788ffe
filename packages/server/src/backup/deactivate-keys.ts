import type { Writer } from '../store/store.ts'

/** The operator named a key that is to stay active, and there is none such. Nothing was done. */
export class UnknownKeys extends Error {
  override readonly name = 'UnknownKeys'

  constructor(unknown: readonly string[]) {
    super(`The backup has no access key ${unknown.join(', ')}. Nothing was changed.`)
  }
}

/** Deactivates every access key but these; answers how many were active. */
export async function deactivateKeys(tx: Writer, keep: readonly string[]): Promise<number> {
  const rows = await tx.selectFrom('access_key').select('id').execute()
  const known = new Set(rows.map(({ id }) => id))
  const unknown = keep.filter((id) => !known.has(id))
  if (unknown.length > 0) throw new UnknownKeys(unknown)
  const active = tx.updateTable('access_key').set({ status: 'Inactive' }).where('status', '=', 'Active')
  const those = keep.length === 0 ? active : active.where('id', 'not in', keep)
  return (await those.returning('id').execute()).length
}
