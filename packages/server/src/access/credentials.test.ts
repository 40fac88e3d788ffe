import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '@opensag/protocol'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSealer } from '../sealing/sealing.ts'
import { accessKeyContext, createAccount, type NewAccount } from '../store/access/keys.ts'
import type { Store } from '../store/store.ts'
import { openTestStore } from '../store/testing/database.suite.ts'
import { createCredentialSource } from './credentials.ts'
import { secretKeys } from './signing-keys.ts'

const sealer = createSealer(randomBytes(32))
const request = { name: 'test', now: 5, random: randomBytes }

let folder: string
let store: Store
let account: NewAccount

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-credentials-'))
  store = await openTestStore(folder)
  account = await store.write((tx) => createAccount(tx, sealer, request))
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

test('a new account has ids and a key in the documented forms', () => {
  expect(account.accountId).toMatch(/^[1-9]\d{15}$/)
  expect(account.accessKeyId).toMatch(/^LTAI5t[A-Za-z0-9]{18}$/)
  expect(account.accessKeySecret.reveal()).toMatch(/^[A-Za-z0-9]{30}$/)
})

test('its key is found with the secret that was given out', async () => {
  const { accountId, accessKeyId, accessKeySecret } = account
  const credential = await createCredentialSource(store, sealer).byAccessKeyId(accessKeyId)
  expect(credential).toMatchObject({
    accessKeyId,
    status: 'Active',
    caller: { kind: 'Account', accountId, accessKeyId },
  })
  const expected = secretKeys(accessKeySecret)
  expect(credential?.keys.kind === 'secret' && credential.keys.v1.equals(expected.v1)).toBe(true)
  expect(credential?.keys.kind === 'secret' && credential.keys.v3.equals(expected.v3)).toBe(true)
})

test('the secret is in no row', async () => {
  const rows = await store.read((db) => db.selectFrom('access_key').selectAll().execute())
  expect(JSON.stringify(rows)).not.toContain(account.accessKeySecret.reveal())
})

test('it is opened once, but its status is read every time', async () => {
  const open = vi.fn(sealer.open)
  const source = createCredentialSource(store, { ...sealer, open })
  const first = await source.byAccessKeyId(account.accessKeyId)
  await store.write((tx) => tx.updateTable('access_key').set({ status: 'Inactive' }).execute())
  const second = await source.byAccessKeyId(account.accessKeyId)
  expect([first?.status, second?.status]).toEqual(['Active', 'Inactive'])
  expect(second?.keys).toBe(first?.keys)
  expect(open).toHaveBeenCalledTimes(1)
  await store.write((tx) => tx.deleteFrom('access_key').execute())
  expect(await source.byAccessKeyId(account.accessKeyId)).toBeUndefined()
})

test('a secret that was replaced in its row signs no more', async () => {
  const source = createCredentialSource(store, sealer)
  const { accessKeyId: id } = account
  await source.byAccessKeyId(id)
  const secret_sealed = sealer.seal(Secret.of('the new one'), accessKeyContext(id))
  await store.write((tx) => tx.updateTable('access_key').set({ secret_sealed }).where('id', '=', id).execute())
  const found = await source.byAccessKeyId(id)
  expect(found?.keys.kind === 'secret' && found.keys.v3.equals(secretKeys(Secret.of('the new one')).v3)).toBe(true)
})

test('a sealed secret of another row is a defect, not a key', async () => {
  const other = await store.write((tx) => createAccount(tx, sealer, request))
  const rows = await store.read((db) => db.selectFrom('access_key').selectAll().execute())
  const sealed = rows.find(({ id }) => id === account.accessKeyId)?.secret_sealed ?? ''
  await store.write((tx) =>
    tx.updateTable('access_key').set({ secret_sealed: sealed }).where('id', '=', other.accessKeyId).execute(),
  )
  await expect(createCredentialSource(store, sealer).byAccessKeyId(other.accessKeyId)).rejects.toThrow('does not open')
})
