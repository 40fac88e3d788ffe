import type { Store } from '../store.ts'

/**
 * Without a shop nothing expires: what was sold while there was one runs on without an end, also where its end has come.
 * What the operator ended stays ended.
 */
export async function takeAwayEnds(store: Store, now: number): Promise<void> {
  const sold = await store.read((db) =>
    db.selectFrom('instance').select('id').where('perpetual', '=', 0).limit(1).executeTakeFirst(),
  )
  if (sold === undefined) return
  await store.write(async (tx) => {
    // An end that has come was set by the operator, who takes it back with `billing renew`.
    await tx
      .updateTable('instance')
      .set({ ends_at: null })
      .where('perpetual', '=', 0)
      .where('ends_at', '>', now)
      .execute()
    await tx.updateTable('instance').set({ perpetual: 1 }).where('perpetual', '=', 0).execute()
  })
}
