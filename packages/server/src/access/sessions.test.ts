import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createIds } from '../apis/ids.ts'
import { createSealer } from '../sealing/sealing.ts'
import { createRam, type Ram } from '../store/access/ram.ts'
import { forgetSessions, type NewSession, profileTag, StsSessions } from '../store/access/sts-sessions.ts'
import type { Store, Writer } from '../store/store.ts'
import { openTestStore } from '../store/testing/database.suite.ts'
import type { Credential } from './credential-source.ts'
import { createCredentialSource } from './credentials.ts'
import { secretKeys } from './signing-keys.ts'

const accountId = '1234567890123456'
const sealer = createSealer(randomBytes(32))
const ids = createIds(randomBytes)
const keyId = 'LTAI5tAlicesKey000000001'

let folder: string
let store: Store

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-sessions-'))
  store = await openTestStore(folder)
  await change(async (ram, tx) => {
    await tx.insertInto('account').values({ id: accountId, name: '', created_at: 0 }).execute()
    await ram.users.add({ id: '1', accountId, name: 'alice', createdAt: 0 })
    const key = { id: keyId, account_id: accountId, user_id: '1', secret_sealed: '', created_at: 0 }
    await tx
      .insertInto('access_key')
      .values({ ...key, status: 'Active' })
      .execute()
    const profile = { passwordHash: 'the hash', passwordResetRequired: false, mfaBindRequired: false }
    await ram.loginProfiles.add({ id: '1', accountId } as never, profile, 0)
    const role = { id: '37', accountId, name: 'night-shift', description: undefined, trustPolicy: '{}' }
    await ram.roles.add({ ...role, maxSessionDuration: 3600, createdAt: 0 })
  })
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

function change<T>(work: (ram: Ram, tx: Writer) => Promise<T>): Promise<T> {
  return store.write((tx) => work(createRam(tx), tx))
}

test('a token is kept by its hash only', async () => {
  const { securityToken } = await begin('of a key')
  const rows = await store.read((db) => db.selectFrom('sts_session').selectAll().execute())
  expect(rows).toHaveLength(1)
  expect(JSON.stringify(rows)).not.toContain(securityToken.reveal())
})

test('a session of a user who is gone is nobody’s, and never the account’s', async () => {
  const basis = { userId: 'who is gone' }
  const { accessKeyId } = await begin('of the account', { basis })
  expect(await createCredentialSource(store, sealer).byAccessKeyId(accessKeyId)).toBeUndefined()
})

const kinds = {
  'of a role': { basis: { accessKeyId: keyId, userId: '1' }, role: { id: '37', sessionName: 'bob' } },
  'of a key': { basis: { accessKeyId: keyId, userId: '1' } },
  'of a logon': { basis: { userId: '1', profileTag: profileTag('the hash') } },
  'of the account': { basis: { accessKeyId: keyId } },
} as const satisfies Readonly<Record<string, Pick<NewSession, 'basis' | 'role'>>>

async function begin(kind: keyof typeof kinds, more: Partial<NewSession> = {}) {
  const credentials = { ...ids.sessionCredentials(), expiresAt: 1000 }
  await store.write((tx) =>
    new StsSessions(tx, sealer).add({
      credentials,
      accountId,
      begunBy: '',
      createdAt: 0,
      ...kinds[kind],
      ...more,
    }),
  )
  return credentials
}

function find(id: string): Promise<Credential | undefined> {
  return createCredentialSource(store, sealer).byAccessKeyId(id)
}

test('is found by its key, with its secret, its token and its end', async () => {
  const { accessKeyId, accessKeySecret, securityToken } = await begin('of a role', { policy: '{}' })
  const credential = await find(accessKeyId)
  expect(credential).toMatchObject({ status: 'Active', expiresAt: 1000, rights: { sessionPolicy: '{}' } })
  expect(credential?.keys.kind === 'secret' && credential.keys.v3.equals(secretKeys(accessKeySecret).v3)).toBe(true)
  expect(credential?.isToken?.(securityToken.reveal())).toBe(true)
  const other = await begin('of a role')
  expect(credential?.isToken?.(other.securityToken.reveal())).toBe(false)
  expect(await find('STS.never')).toBeUndefined()
})

test.each([
  ['of a role', { kind: 'AssumedRole', roleId: '37', roleName: 'night-shift', sessionName: 'bob' }],
  ['of a key', { kind: 'RAMUser', userId: '1', userName: 'alice' }],
  ['of a logon', { kind: 'RAMUser', userId: '1', userName: 'alice' }],
  ['of the account', { kind: 'Account' }],
] as const)('a session %s is who it should be', async (kind, caller) => {
  const { accessKeyId } = await begin(kind)
  expect((await find(accessKeyId))?.caller).toEqual({ accountId, accessKeyId, ...caller })
})

describe('a session ends with what it hangs on:', () => {
  const withoutUser = async (ram: Ram, tx: Writer): Promise<void> => {
    await tx.deleteFrom('access_key').execute()
    await tx.deleteFrom('ram_login_profile').execute()
    await ram.users.remove({ id: '1', accountId } as never)
  }
  const endings = {
    'the role': (ram: Ram) => ram.roles.remove({ id: '37', accountId, name: 'night-shift' } as never),
    'the key': (_ram: Ram, tx: Writer) => tx.deleteFrom('access_key').execute(),
    'the user': withoutUser,
    'the login profile': (ram: Ram) => ram.loginProfiles.remove({ id: '1', accountId } as never),
    'its password': (ram: Ram) =>
      ram.loginProfiles.change({ id: '1', accountId } as never, { passwordHash: 'another' }, 0),
  } as const

  test.each([
    ['of a role', ['the role', 'the key', 'the user']],
    ['of a key', ['the key', 'the user']],
    ['of a logon', ['the user', 'the login profile', 'its password']],
    ['of the account', ['the key', 'the user']],
  ] as const)('one %s', async (kind, ending) => {
    for (const [what, end] of Object.entries(endings)) {
      const { accessKeyId } = await begin(kind)
      // Undone, so that the next one starts from where this one did.
      const found = await store
        .write(async (tx) => {
          await end(createRam(tx), tx)
          const source = createCredentialSource({ ...store, read: (work) => work(tx) }, sealer)
          throw { found: await source.byAccessKeyId(accessKeyId) }
        })
        .catch((thrown: { found: unknown }) => thrown.found)
      expect(found === undefined, what).toBe((ending as readonly string[]).includes(what))
    }
  })

  test('and is inactive while its key is', async () => {
    const { accessKeyId } = await begin('of a key')
    await change((ram) => ram.keys.setStatus({ id: keyId, accountId } as never, 'Inactive'))
    expect((await find(accessKeyId))?.status).toBe('Inactive')
  })
})

test('those that ended are forgotten, and no other', async () => {
  const { accessKeyId } = await begin('of a role')
  expect(await store.write((tx) => forgetSessions(tx, 1000))).toBe(0)
  expect(await find(accessKeyId)).toBeDefined()
  expect(await store.write((tx) => forgetSessions(tx, 1001))).toBe(1)
  expect(await find(accessKeyId)).toBeUndefined()
})
