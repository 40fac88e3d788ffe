import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../store/sqlite/folders.suite.ts'
import type { Store } from '../store/store.ts'
import { openTestStore } from '../store/testing/database.suite.ts'
import { masterKeyAtStart } from './at-start.ts'
import { MasterKeyRefused } from './key-files.ts'

const logger = pino({ level: 'silent' })
const keyFile = (folder: string): string => join(folder, 'master.key')

/** A node that starts in its folder, on a store that other nodes may have. */
function startIn(folder: string, store: Store, isFirst: boolean): ReturnType<typeof masterKeyAtStart> {
  return masterKeyAtStart({ path: folder }, store, { isFirst, passphrase: undefined, logger })
}

async function withStore(use: (store: Store) => Promise<void>): Promise<void> {
  const store = await openTestStore(temporaryFolder())
  try {
    await use(store)
  } finally {
    await store.close()
  }
}

test('the first start makes the key, and every node that has it gets the same key of the audit trail', () =>
  withStore(async (store) => {
    const [one, two] = [temporaryFolder(), temporaryFolder()]
    const first = await startIn(one, store, true)
    copyFileSync(keyFile(one), keyFile(two))
    for (const isFirst of [true, false]) {
      expect((await startIn(two, store, isFirst)).sealKey).toEqual(first.sealKey)
    }
  }))

test('a folder without a key beside a database with secrets is refused, and no key is made', () =>
  withStore(async (store) => {
    await startIn(temporaryFolder(), store, true)
    const other = temporaryFolder()
    // Also where no account is there yet: the node that is making it has its key already.
    for (const isFirst of [true, false]) {
      await expect(startIn(other, store, isFirst)).rejects.toThrow('master.key is missing')
      expect(existsSync(keyFile(other))).toBe(false)
    }
  }))

test('a key of another database is refused in plain words, and left as it is', () =>
  withStore(async (store) => {
    await startIn(temporaryFolder(), store, true)
    const other = temporaryFolder()
    const key = randomBytes(32)
    writeFileSync(keyFile(other), key, { mode: 0o600 })
    const refused = startIn(other, store, false)
    await expect(refused).rejects.toThrow(MasterKeyRefused)
    await expect(refused).rejects.toThrow(/is not the master key of this database.*Copy master\.key/)
    expect(readFileSync(keyFile(other))).toEqual(key)
  }))

test('a database that is older than the audit key is known by its other secrets, and nothing is added to it', () =>
  withStore(async (store) => {
    const other = temporaryFolder()
    await startIn(other, store, true)
    await store.write((tx) =>
      tx.updateTable('setting').set({ name: 'channel_identity' }).where('name', '=', 'audit_key').execute(),
    )
    writeFileSync(keyFile(other), randomBytes(32), { mode: 0o600 })
    await expect(startIn(other, store, false)).rejects.toThrow('is not the master key of this database')
    const names = await store.read((db) => db.selectFrom('setting').select('name').execute())
    expect(names).toEqual([{ name: 'channel_identity' }])
  }))

test('of two nodes that start at once on an empty database one makes the key, and the other keeps none of its own', () =>
  withStore(async (store) => {
    const folders = [temporaryFolder(), temporaryFolder()]
    // As two processes: both have read an empty database before either writes.
    const reads: (() => void)[] = []
    const both: Store = {
      ...store,
      async read(work) {
        const seen = await store.read(work)
        if (reads.length < 4) {
          await new Promise<void>((resolve) => {
            reads.push(resolve)
            if (reads.length % 2 === 0) for (const go of reads.slice(-2)) go()
          })
        }
        return seen
      },
    }
    const outcomes = await Promise.allSettled(folders.map((folder) => startIn(folder, both, true)))
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []))
    expect(refused.map(({ message }) => message)).toEqual([
      expect.stringContaining('is not the master key of this database'),
    ])
    expect(folders.map((folder) => existsSync(keyFile(folder)))).toEqual(
      outcomes.map(({ status }) => status === 'fulfilled'),
    )
  }))
