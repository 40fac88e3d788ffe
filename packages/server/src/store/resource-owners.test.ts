import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Harness, openHarness } from '../apis/testing/harness.suite.ts'
import { createOwnersOf, type OwnersOf, rememberedMs } from './resource-owners.ts'
import type { Store } from './store.ts'

let world: Harness
let reads = 0
let now = 0

beforeAll(async () => {
  world = await openHarness()
})
afterAll(() => world?.close())

function counting(): OwnersOf {
  reads = 0
  const store: Pick<Store, 'read'> = {
    read: (work) => {
      reads += 1
      return world.store.read(work)
    },
  }
  return createOwnersOf(store, () => now)
}

test('the owner of an instance is read once a minute, however many calls ask', async () => {
  const ownersOf = counting()
  const id = await world.addInstance()
  const owner = (await ownersOf([id])).get(id)
  expect(owner).toMatch(/^\d{16}$/)
  for (let call = 0; call < 5; call++) expect((await ownersOf([id])).get(id)).toBe(owner)
  expect(reads).toBe(1)
  now += rememberedMs
  await ownersOf([id])
  expect(reads).toBe(2)
})

test('what does not exist has no owner until it exists', async () => {
  const ownersOf = counting()
  const id = await world.addInstance()
  const row = await world.store.read((db) =>
    db.selectFrom('instance').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  )
  await world.store.write((tx) => tx.deleteFrom('instance').where('id', '=', id).execute())
  expect((await ownersOf([id])).has(id)).toBe(false)
  await world.store.write((tx) => tx.insertInto('instance').values(row).execute())
  expect((await ownersOf([id])).get(id)).toBe(row.account_id)
})

test('of several ids each has its own owner, also where one is remembered', async () => {
  const ownersOf = counting()
  const [mine, other] = [await world.addInstance(), 'sag-unknown']
  const owner = (await ownersOf([mine])).get(mine)
  expect(await ownersOf([mine, other])).toEqual(new Map([[mine, owner]]))
  expect(reads).toBe(2)
})
