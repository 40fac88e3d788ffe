import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Store } from '../store/store.ts'
import { openTestStore } from '../store/testing/database.suite.ts'
import { startKeyUses } from './key-uses.ts'

const silent = pino({ level: 'silent' })
const id = 'LTAI5tKeyThatIsUsed00001'

let folder: string
let store: Store
let now: number

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-key-uses-'))
  store = await openTestStore(folder)
  now = 1_000_000
  await store.write(async (tx) => {
    await tx.insertInto('account').values({ id: '1', name: '', created_at: 0 }).execute()
    const key = { id, account_id: '1', secret_sealed: '', status: 'Active', created_at: 0 } as const
    await tx.insertInto('access_key').values(key).execute()
  })
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

async function lastUsed(): Promise<number | null | undefined> {
  const row = await store.read((db) => db.selectFrom('access_key').select('last_used_at').executeTakeFirst())
  return row?.last_used_at
}

test('the use of a key is written, and no request waits for it', async () => {
  const uses = startKeyUses(store, () => now, silent)
  uses.note(id)
  expect(await lastUsed()).toBeNull()
  await uses.close()
  expect(await lastUsed()).toBe(1_000_000)
})

test('however often a key is used, it is written once a minute', async () => {
  const write = vi.spyOn(store, 'write')
  const uses = startKeyUses(store, () => now, silent)
  for (let use = 0; use < 1000; use++) {
    uses.note(id)
    now += 59
  }
  await uses.close()
  expect(await lastUsed()).toBe(1_000_000)
  expect(write).toHaveBeenCalledTimes(1)
})

test('a key that is used again after a minute is written again', async () => {
  const uses = startKeyUses(store, () => now, silent)
  uses.note(id)
  now += 60_000
  uses.note(id)
  await uses.close()
  expect(await lastUsed()).toBe(1_060_000)
})

test('the use of a session is written as that of a key is', async () => {
  const session = { id: 'STS.NUgYrLnoC37mZZCNn', account_id: '1', secret_sealed: '', token_hash: '', begun_by: 'x' }
  await store.write(async (tx) => {
    await tx
      .insertInto('sts_session')
      .values({ ...session, created_at: 0, expires_at: 2_000_000 })
      .execute()
  })
  const uses = startKeyUses(store, () => now, silent)
  uses.note(session.id)
  now += 59_000
  uses.note(session.id)
  await uses.close()
  const row = await store.read((db) => db.selectFrom('sts_session').select('last_used_at').executeTakeFirst())
  expect(row?.last_used_at).toBe(1_000_000)
  expect(await lastUsed()).toBeNull()
})

test('sessions and keys that are gone change nothing', async () => {
  const uses = startKeyUses(store, () => now, silent)
  uses.note('STS.NUgYrLnoC37mZZCNn')
  uses.note('LTAI5tKeyThatIsNotThere1')
  await uses.close()
  expect(await lastUsed()).toBeNull()
})

test('a store that fails is told to the log, and the uses after it are written again', async () => {
  const write = vi.spyOn(store, 'write').mockRejectedValueOnce(new Error('disk full'))
  const uses = startKeyUses(store, () => now, silent)
  uses.note(id)
  const other = startKeyUses(store, () => now, silent)
  await uses.close()
  expect(await lastUsed()).toBeNull()
  other.note(id)
  await other.close()
  expect(await lastUsed()).toBe(1_000_000)
  expect(write).toHaveBeenCalledTimes(2)
})
