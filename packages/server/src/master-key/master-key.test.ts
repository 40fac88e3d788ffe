import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../store/sqlite/folders.suite.ts'
import type { Store } from '../store/store.ts'
import { copyTestStore, openTestStore } from '../store/testing/database.suite.ts'
import { type KeyDisk, keyDiskOf } from './key-files.ts'
import { newSealedFolder, openAll, openKeyOf } from './master-key.suite.ts'

const keyFiles = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('master.key'))
const keyIn = (folder: string): Buffer => readFileSync(join(folder, 'master.key'))
const passphrase = (): Promise<Secret> => Promise.resolve(Secret.of('open sesame'))

test('a new key is readable by its owner alone, and is the same at the next start', async () => {
  const folder = temporaryFolder()
  await openKeyOf(folder, { mayCreate: true })
  const made = keyIn(folder)
  expect(made).toHaveLength(32)
  expect(statSync(join(folder, 'master.key')).mode & 0o777).toBe(0o600)
  await openKeyOf(folder, { mayCreate: true })
  expect(keyIn(folder)).toEqual(made)
})

test('a key that is lost or damaged is never replaced', async () => {
  const folder = temporaryFolder()
  await expect(openKeyOf(folder)).rejects.toThrow('is missing')
  expect(readdirSync(folder)).toEqual([])
  writeFileSync(join(folder, 'master.key'), 'short', { mode: 0o600 })
  await expect(openKeyOf(folder, { mayCreate: true })).rejects.toThrow('damaged')
  expect(readFileSync(join(folder, 'master.key'), 'utf8')).toBe('short')
})

test('a key that others may read is refused', async () => {
  const folder = temporaryFolder()
  await openKeyOf(folder, { mayCreate: true })
  chmodSync(join(folder, 'master.key'), 0o640)
  await expect(openKeyOf(folder)).rejects.toThrow('chmod 600')
})

test('after a rotation everything opens under another key, and nothing under the one before', async () => {
  const folder = temporaryFolder()
  const all = await newSealedFolder(folder, openTestStore, { devices: 450 })
  const old = await openKeyOf(folder)
  const before = keyIn(folder)
  const key = await openKeyOf(folder)
  const store = await openTestStore(folder)
  expect(await key.rotate(store)).toEqual({ resealed: Object.keys(all).length, unreadable: [] })
  expect(keyFiles(folder)).toEqual(['master.key'])
  expect(keyIn(folder)).not.toEqual(before)
  expect(await openAll(store, key.ring)).toEqual(all)
  expect(await openAll(store, (await openKeyOf(folder)).ring)).toEqual(all)
  await expect(openAll(store, old.ring)).rejects.toThrow('does not open')
  await store.close()
})

/** Where a rotation can be cut short: before or after each thing that reaches the disk. */
function killedAt(step: number, folder: string, store: Store): { readonly disk: KeyDisk; readonly store: Store } {
  let left = step
  const counted = async <T>(work: () => Promise<T>): Promise<T> => {
    if (left-- === 0) throw new Error('killed')
    const done = await work()
    if (left-- === 0) throw new Error('killed')
    return done
  }
  const disk = keyDiskOf(folder)
  return {
    disk: {
      ...disk,
      write: (name, content) => counted(() => disk.write(name, content)),
      promote: () => counted(() => disk.promote()),
    },
    store: { ...store, write: (work) => counted(() => store.write(work)) },
  }
}

test('a rotation killed before or after any of its steps is completed by the next start, and loses nothing', async () => {
  const template = temporaryFolder()
  const all = await newSealedFolder(template, openTestStore, { devices: 450 })
  let step = 0
  for (let isWhole = false; !isWhole; step++) {
    const folder = join(temporaryFolder(), 'data')
    await copyTestStore(template, folder)
    const store = await openTestStore(folder)
    const killed = killedAt(step, folder, store)
    const dying = await openKeyOf(folder, { disk: killed.disk })
    isWhole = await dying.rotate(killed.store).then(
      () => true,
      (error: Error) => {
        expect(error.message).toBe('killed')
        return false
      },
    )
    const again = await openKeyOf(folder)
    expect(await openAll(store, again.ring)).toEqual(all)
    if (again.rotating) await again.rotate(store)
    expect(keyFiles(folder)).toEqual(['master.key'])
    expect(await openAll(store, (await openKeyOf(folder)).ring)).toEqual(all)
    await store.close()
  }
  // One key, twice seven slices and the new name, each with a moment before and one after.
  expect(step).toBeGreaterThan(2 * (1 + 14 + 1))
})

test('a rotation that fails is gone on with by the next one, under the same new key', async () => {
  const folder = temporaryFolder()
  const all = await newSealedFolder(folder, openTestStore, { devices: 3 })
  const store = await openTestStore(folder)
  const key = await openKeyOf(folder)
  const full: Store = { ...store, write: () => Promise.reject(new Error('disk full')) }
  await expect(key.rotate(full)).rejects.toThrow('disk full')
  const next = readFileSync(join(folder, 'master.key.next'))
  expect(await openAll(store, key.ring)).toEqual(all)
  await expect(key.unwrap()).rejects.toThrow('was cut short')
  await key.rotate(store)
  expect(keyIn(folder)).toEqual(next)
  expect(await openAll(store, key.ring)).toEqual(all)
  await store.close()
})

test('what was sealed before the ring turned and is written late is found by another pass', async () => {
  const folder = temporaryFolder()
  await newSealedFolder(folder, openTestStore, { devices: 3 })
  const store = await openTestStore(folder)
  const key = await openKeyOf(folder)
  const late = key.ring.seal(Secret.of('late'), 'device/enrolment_key_sealed/sag0')
  let units = 0
  const racing: Store = {
    ...store,
    async write(work) {
      const done = await store.write(work)
      // The first pass is through.
      if (++units === 5) {
        await store.write((tx) =>
          tx.updateTable('device').set({ enrolment_key_sealed: late }).where('serial', '=', 'sag0').execute(),
        )
      }
      return done
    },
  }
  await key.rotate(racing)
  expect(await openAll(store, (await openKeyOf(folder)).ring)).toMatchObject({
    'device/enrolment_key_sealed/sag0': 'late',
  })
  await store.close()
})

test('a value that was damaged before stops no rotation; it is named and left as it is', async () => {
  const folder = temporaryFolder()
  await newSealedFolder(folder, openTestStore, { devices: 3 })
  const store = await openTestStore(folder)
  await store.write((tx) =>
    tx.updateTable('device').set({ enrolment_key_sealed: 'damaged' }).where('serial', '=', 'sag1').execute(),
  )
  const { unreadable } = await (await openKeyOf(folder)).rotate(store)
  expect(unreadable).toEqual(['device.enrolment_key_sealed sag1'])
  await store.close()
})

test('two changes of the key at the same time: the second is refused', async () => {
  const folder = temporaryFolder()
  await newSealedFolder(folder, openTestStore, { devices: 1 })
  const store = await openTestStore(folder)
  const key = await openKeyOf(folder)
  const first = key.rotate(store)
  await expect(key.rotate(store)).rejects.toThrow('being changed already')
  await first
  await store.close()
})

test('with a passphrase a first start makes a wrapped key, which opens with that passphrase only', async () => {
  const folder = temporaryFolder()
  const all = await newSealedFolder(folder, openTestStore, { devices: 1, passphrase })
  await expect(openKeyOf(folder)).rejects.toThrow('is wrapped')
  const wrong = (): Promise<Secret> => Promise.resolve(Secret.of('open barley'))
  await expect(openKeyOf(folder, { passphrase: wrong })).rejects.toThrow('does not open with this passphrase')
  const key = await openKeyOf(folder, { passphrase })
  const store = await openTestStore(folder)
  expect(await openAll(store, key.ring)).toEqual(all)
  await key.rotate(store)
  expect((await openKeyOf(folder, { passphrase })).wrapped).toBe(true)
  expect(await openAll(store, (await openKeyOf(folder, { passphrase })).ring)).toEqual(all)
  await store.close()
})

test('a bare key is wrapped, wrapped anew with another passphrase, and unwrapped', async () => {
  const folder = temporaryFolder()
  await openKeyOf(folder, { mayCreate: true })
  const bare = keyIn(folder)
  let now = 'one'
  const changing = (): Promise<Secret> => Promise.resolve(Secret.of(now))
  const key = await openKeyOf(folder, { passphrase: changing })
  expect(key.wrapped).toBe(false)
  await key.wrap()
  now = 'two'
  await expect(openKeyOf(folder, { passphrase: changing })).rejects.toThrow('does not open')
  await key.wrap()
  expect((await openKeyOf(folder, { passphrase: changing })).wrapped).toBe(true)
  await key.unwrap()
  expect(keyIn(folder)).toEqual(bare)
})

test('wrapping without a passphrase is refused and leaves the key as it was', async () => {
  const folder = temporaryFolder()
  const key = await openKeyOf(folder, { mayCreate: true })
  const bare = keyIn(folder)
  await expect(key.wrap()).rejects.toThrow('--master-key-passphrase-file')
  expect(keyIn(folder)).toEqual(bare)
})

test('a wrapped key whose file is damaged is named as damaged', async () => {
  const folder = temporaryFolder()
  await openKeyOf(folder, { mayCreate: true, passphrase })
  writeFileSync(join(folder, 'master.key'), keyIn(folder).subarray(0, 100))
  await expect(openKeyOf(folder, { passphrase })).rejects.toThrow('damaged')
})
