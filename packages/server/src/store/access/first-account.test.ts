import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSealer } from '../../sealing/sealing.ts'
import { temporaryFolder } from '../sqlite/folders.suite.ts'
import { openTestStore } from '../testing/database.suite.ts'
import { createFirstAccount, isWithoutAccount } from './first-account.ts'

test('of two nodes that both found no account one makes it, and the other is given none', async () => {
  const store = await openTestStore(temporaryFolder())
  const sealer = createSealer(randomBytes(32))
  expect(await store.read(isWithoutAccount)).toBe(true)
  const made = await Promise.all([1, 2].map(() => createFirstAccount(store, sealer, randomBytes)))
  expect(made.filter((one) => one !== undefined)).toHaveLength(1)
  expect(await store.read((db) => db.selectFrom('account').select('id').execute())).toHaveLength(1)
  await store.close()
})
