import { blankInstance } from '../../packages/server/src/model/lifecycle-start.ts'
import type { StoreEvent } from '../../packages/server/src/store/events.ts'
import { createFleet } from '../../packages/server/src/store/fleet/create-fleet.ts'
import { updateInstance } from '../../packages/server/src/store/fleet/instance-update.ts'
import { findInstance } from '../../packages/server/src/store/fleet/lookups.ts'
import { openPostgresStore } from '../../packages/server/src/store/postgres/open.ts'
import type { Store, Writer } from '../../packages/server/src/store/store.ts'
import type { RunningServer } from './server-of-tests.ts'

/** Runs `use` on stores of one new database with so many instances without a name. */
export async function withInstances(
  server: RunningServer,
  nodes: number,
  instances: number,
  use: (stores: readonly [Store, ...Store[]], events: readonly StoreEvent[]) => Promise<void>,
  options: { readonly unfinishedMs?: number } = {},
): Promise<void> {
  const database = await server.newDatabase()
  const events: StoreEvent[] = []
  const onEvent = (event: StoreEvent): void => void events.push(event)
  const open = () => openPostgresStore({ connectionString: database.url, onEvent, ...options })
  const stores: [Store, ...Store[]] = [await open()]
  while (stores.length < nodes) stores.push(await open())
  await stores[0].write(async (tx) => {
    await tx.insertInto('account').values({ id: '1', name: 'a', created_at: 0 }).execute()
    const fleet = createFleet(tx)
    for (let index = 0; index < instances; index++) {
      await fleet.addInstance(blankInstance({ id: idOf(index), orderId: String(index), name: '' }))
    }
  })
  try {
    await use(stores, events)
  } finally {
    await Promise.all(stores.map((store) => store.close()))
    await database.drop()
  }
}
export const idOf = (index: number): string => `sag-${index}`
export const keepsTo = (index: number) => ({ instance: idOf(index) })
export const set = (tx: Writer, index: number, name: string) => updateInstance(tx, { name }, { rowId: idOf(index) })
/** By a query that nothing but the database understands. */
export const setUnseen = (tx: Writer, index: number, name: string) =>
  tx.updateTable('instance').set({ name }).where('id', '=', idOf(index)).execute()
export const nameOf = async (tx: Writer, index: number) => (await findInstance(tx, idOf(index)))?.name
export const namesIn = (store: Store, count: number) =>
  store.read(async (db) => {
    const found = await Promise.all(Array.from({ length: count }, (_, index) => findInstance(db, idOf(index))))
    return found.map((instance) => instance?.name)
  })
