import type { Harness } from './harness-on.suite.ts'

/** Gives the account so many instances, all of them like one. */
export async function fillAccount(world: Harness, total: number): Promise<void> {
  const first = await world.addInstance()
  await world.store.write(async (tx) => {
    const row = await tx.selectFrom('instance').selectAll().where('id', '=', first).executeTakeFirstOrThrow()
    for (let index = 1; index < total; index++) {
      await tx
        .insertInto('instance')
        .values({ ...row, id: `${first}${index}`, order_id: `${row.order_id}${index}` })
        .execute()
    }
  })
}
