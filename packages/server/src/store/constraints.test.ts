import { afterEach, beforeEach, expect, test } from 'vitest'
import { accountId, type Harness, openHarness, otherAccountId } from '../apis/testing/harness.suite.ts'
import { addApp, addSession, addUser } from '../apis/testing/remote-users.suite.ts'
import type { Writer } from './store.ts'

// The operations look before they write. What the database itself refuses still counts when a look is forgotten, or two
// nodes of one store look at the same time.

let world: Harness
beforeEach(async () => {
  world = await openHarness()
})
afterEach(() => world.close())

const write = (work: (tx: Writer) => Promise<unknown>): Promise<unknown> => world.store.write(work)
// As each of the databases says it.
const unique = /UNIQUE constraint failed|violates unique constraint/

test('one instance backs up one leased line', async () => {
  const instance = await world.addInstance()
  const line = (id: string, instance_id: string | null) =>
    write((tx) =>
      tx
        .insertInto('vbr')
        .values({
          id,
          account_id: accountId,
          region_id: 'cn-shanghai',
          cen_id: null,
          bgp: 0,
          instance_id,
          bound_at: null,
        })
        .execute(),
    )
  await line('vbr-1', instance)
  await line('vbr-2', null)
  await line('vbr-3', null)
  await expect(line('vbr-4', instance)).rejects.toThrow(unique)
})

test('one fixed address is one account’s of an instance', async () => {
  const [here, there] = [await addApp(world), await addApp(world)]
  await addUser(world, here, 'anna', { client_ip: 7 })
  await addUser(world, there, 'anna', { client_ip: 7 })
  await addUser(world, here, 'bert', { client_ip: null })
  await addUser(world, here, 'carl', { client_ip: null })
  await expect(addUser(world, here, 'dora', { client_ip: 7 })).rejects.toThrow(unique)
})

test('one account has one session', async () => {
  const app = await addApp(world)
  await addUser(world, app)
  await addSession(world, app, 'doctest', '10.9.0.2')
  const again = { id: 'second', user_name: 'doctest', address: 99, token_hash: 'another' }
  await expect(write((tx) => insertSession(tx, app, again))).rejects.toThrow(unique)
})

test('one address is one session’s', async () => {
  const [app, another] = [await addApp(world), await addApp(world)]
  await write((tx) => insertSession(tx, app, { id: '1', user_name: 'anna', address: 5, token_hash: 'a' }))
  const same = { id: '2', user_name: 'bert', address: 5, token_hash: 'b' }
  await expect(write((tx) => insertSession(tx, app, same))).rejects.toThrow(unique)
  await write((tx) => insertSession(tx, another, same))
})

test('one token opens one session', async () => {
  const app = await addApp(world)
  await write((tx) => insertSession(tx, app, { id: '1', user_name: 'anna', address: 5, token_hash: 'a' }))
  const same = { id: '2', user_name: 'bert', address: 6, token_hash: 'a' }
  await expect(write((tx) => insertSession(tx, app, same))).rejects.toThrow(unique)
})

test.each(['ram_user', 'ram_group'] as const)('one name is one %s’s of an account', async (table) => {
  const named = (id: string, account_id: string) =>
    write((tx) =>
      tx.insertInto(table).values({ id, account_id, name: 'alice', created_at: 0, updated_at: 0 }).execute(),
    )
  await named('1', accountId)
  await named('2', otherAccountId)
  await expect(named('3', accountId)).rejects.toThrow(unique)
})

test('one alias is one account’s, and any number of accounts have none', async () => {
  const alias = (id: string) =>
    write((tx) => tx.updateTable('account').set({ alias: 'example' }).where('id', '=', id).execute())
  await alias(accountId)
  await expect(alias(otherAccountId)).rejects.toThrow(unique)
})

test('what is referred to cannot go, and what belongs to it goes with it', async () => {
  const app = await addApp(world)
  await addUser(world, app)
  await write((tx) => tx.deleteFrom('instance').where('id', '=', app).execute())
  expect(await world.store.read((db) => db.selectFrom('client_user').selectAll().execute())).toEqual([])
  const orphan = write((tx) =>
    tx
      .insertInto('ram_user')
      .values({ id: '1', account_id: 'nobody', name: 'alice', created_at: 0, updated_at: 0 })
      .execute(),
  )
  await expect(orphan).rejects.toThrow(/FOREIGN KEY constraint failed|violates foreign key constraint/)
})

function insertSession(
  tx: Writer,
  instance_id: string,
  given: { id: string; user_name: string; address: number; token_hash: string },
): Promise<unknown> {
  const more = { online_at: 0, last_seen_at: 0, terminal: '', source: '' }
  return tx
    .insertInto('client_session')
    .values({ instance_id, ...more, ...given })
    .execute()
}
