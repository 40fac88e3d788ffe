import { randomBytes } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Secret } from '@opensag/protocol'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { limit } from '../../../../test/support/time.ts'
import { layOut, storedFolders } from '../../../../test/upgrade/stored-folder.ts'
import { sealedPlaces } from '../master-key/sealed-places.ts'
import { createSealer, type Sealer } from '../sealing/sealing.ts'
import { operatorEntry } from '../store/audit/operator-entry.ts'
import { openSealKey } from '../store/audit/seal-key.ts'
import { sealOldest } from '../store/audit/seals.ts'
import { sqliteDriver } from '../store/sqlite/driver.ts'
import { temporaryFolder } from '../store/sqlite/folders.suite.ts'
import { openSqliteStore } from '../store/sqlite/open.ts'
import type { Store } from '../store/store.ts'
import { backUpFolder } from './back-up-folder.ts'
import { newDataFolder } from './data-folder.suite.ts'
import { type VerifiedBackup, verifyBackup } from './verify-backup.ts'

const wallClock = (): number => Date.UTC(2026, 10, 28, 12)

/** A backup of a data folder that `change` was done to, and then `statements` with no rule looked at. */
async function newBackup(
  change: (store: Store) => Promise<void> = async () => {},
  statements?: string,
): Promise<string> {
  const { root, data } = await newDataFolder()
  const store = await openSqliteStore({ folder: data })
  const key = readFileSync(join(data, 'master.key'))
  await store.record(entry)
  const sealKey = await openSealKey(store, createSealer(key), randomBytes)
  await sealOldest({ store, sealKey, wallClock, turn: async () => {}, highest: 0 }, 1)
  await store.record({ ...entry, requestId: 'later' })
  await sealEach(store, createSealer(key))
  await change(store)
  await store.close()
  if (statements !== undefined) rewrite(join(data, 'opensag.db'), statements)
  const to = join(root, 'backup')
  await backUpFolder(data, { to, withMasterKey: true, wallClock })
  return to
}

/** The values of the test data are no sealed ones. */
async function sealEach(store: Store, sealer: Sealer): Promise<void> {
  for (const place of sealedPlaces.filter(({ name }) => !name.startsWith('setting.'))) {
    await store.write(async (tx) => {
      for (const { id } of await place.after(tx, '', 100)) {
        await place.replace(tx, id, sealer.seal(Secret.of('x'), place.context(id)))
      }
    })
  }
}

function rewrite(file: string, statements: string): void {
  const connection = sqliteDriver.open(file, 'write')
  connection.exec(`pragma foreign_keys = off; ${statements}`)
  connection.close()
}

const entry = { ...operatorEntry({ at: 1, action: 'x', source: '', outcome: undefined }), requestId: 'one' }

const verify = (from: string): Promise<VerifiedBackup> => verifyBackup({ from, withMasterKey: true })

test('a whole backup says what it holds, and is as it was afterwards', async () => {
  const from = await newBackup()
  const before = readdirSync(from).map((name) => readFileSync(join(from, name)))
  const { manifest, underKey } = await verify(from)
  expect(manifest).toMatchObject({ createdAt: '2026-11-28T12:00:00.000Z', rows: { account: 1 } })
  expect(underKey?.trail).toMatchObject({ seals: 1, unsealed: 1 })
  // The identity of the server and the key of the trail.
  expect(underKey?.sealedValues).toBeGreaterThanOrEqual(2)
  expect(readdirSync(from).map((name) => readFileSync(join(from, name)))).toEqual(before)
})

test(
  'one changed bit anywhere in any of its files is found',
  async () => {
    const whole = await newBackup()
    const names = readdirSync(whole).sort()
    expect(names).toEqual(['manifest.json', 'master.key', 'opensag.db'])
    const from = join(temporaryFolder(), 'backup')
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.nat(), fc.nat(7), async (name, at, bit) => {
        rmSync(from, { recursive: true, force: true })
        cpSync(whole, from, { recursive: true })
        const content = readFileSync(join(from, name))
        const index = at % content.length
        content[index] = (content[index] as number) ^ (1 << bit)
        writeFileSync(join(from, name), content)
        await expect(verify(from)).rejects.toThrow(/damaged|another one|holds no backup/)
      }),
      { numRuns: 60 },
    )
  },
  limit(60_000),
)

test('a manifest that says something else is found, whatever it is about', async () => {
  const from = await newBackup()
  const file = join(from, 'manifest.json')
  const content = readFileSync(file, 'utf8')
  for (const [said, other] of [
    ['2026-11-28T12', '2026-11-29T12'],
    ['opens every secret', 'opens some secrets'],
    ['"checksum"', '"checksun"'],
  ] as const) {
    expect(content).toContain(said)
    writeFileSync(file, content.replace(said, other))
    await expect(verify(from)).rejects.toThrow('manifest.json is damaged')
  }
})

test.each(['manifest.json', 'master.key', 'opensag.db'])('%s that is cut short or missing is found', async (name) => {
  const from = await newBackup()
  const content = readFileSync(join(from, name))
  writeFileSync(join(from, name), content.subarray(0, -2))
  await expect(verify(from)).rejects.toThrow(/damaged/)
  rmSync(join(from, name))
  await expect(verify(from)).rejects.toThrow(/cannot be read|is missing/)
})

test('an entry of the audit trail that was changed before the backup is found', async () => {
  const from = await newBackup(async (store) => {
    await store.write((tx) =>
      tx.updateTable('audit_event').set({ action: 'y' }).where('request_id', '=', 'one').execute(),
    )
  })
  await expect(verify(from)).rejects.toThrow(/audit trail .* is not intact: The entries 1 to 1/)
})

test('values that are sealed under another key are found, by their rows', async () => {
  const from = await newBackup(async (store) => {
    await store.write((tx) => sql`update access_key set secret_sealed = 'x'`.execute(tx))
  })
  await expect(verify(from)).rejects.toThrow(/does not open \d+ of \d+ sealed values .*: access_key\.secret_sealed of /)
})

test('a row that refers to nothing is found', async () => {
  const from = await newBackup(undefined, 'delete from account')
  await expect(verify(from)).rejects.toThrow(/is damaged: a row of \w+ refers to one of account that is not there/)
})

test('without the key the files and the database are looked at, and nothing else is said', async () => {
  const from = await newBackup()
  rmSync(join(from, 'master.key'))
  await expect(verifyBackup({ from, withMasterKey: false })).rejects.toThrow('cannot be read')
  const { root, data } = await newDataFolder()
  const other = join(root, 'backup')
  await backUpFolder(data, { to: other, withMasterKey: false, wallClock })
  expect(await verifyBackup({ from: other, withMasterKey: false })).toMatchObject({ underKey: undefined })
  await expect(verify(other)).rejects.toThrow('--master-key FILE')
  writeFileSync(join(other, 'opensag.db'), 'x')
  await expect(verifyBackup({ from: other, withMasterKey: false })).rejects.toThrow('is damaged')
})

test.each(storedFolders)(
  'a backup of a folder of $version verifies, as it was and without a change',
  async (stored) => {
    const folder = join(temporaryFolder(), 'data')
    await layOut(stored, folder)
    const hasSeals = stored.tables['audit_seal'] !== undefined
    // Only some of its entries are kept there, which its seals tell.
    if (hasSeals)
      rewrite(join(folder, 'opensag.db'), "delete from audit_seal; delete from setting where name = 'audit_head'")
    const to = join(folder, '../backup')
    const { schema } = await backUpFolder(folder, { to, withMasterKey: true, wallClock })
    // What that version wrote had no checksum of its own.
    const manifest = JSON.parse(readFileSync(join(to, 'manifest.json'), 'utf8')) as { checksum?: string }
    delete manifest.checksum
    writeFileSync(join(to, 'manifest.json'), JSON.stringify(manifest, null, 2))
    const verified = await verify(to)
    expect(verified.manifest.schema).toBe(schema)
    expect(verified.underKey?.sealedValues).toBeGreaterThan(0)
    expect(verified.underKey?.trail !== undefined).toBe(hasSeals)
  },
)
