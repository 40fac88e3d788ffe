import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { word } from '../tracing/known.ts'
import { type Recording, recording } from '../tracing/recording.suite.ts'
import { openSqliteStore } from './sqlite/open.ts'
import type { Store } from './store.ts'
import { tracedStore, watchCommits } from './traced-store.ts'

describe('a store with spans', () => {
  let folder: string
  let recorded: Recording
  let plain: Store
  let store: Store
  const call = <T>(work: () => Promise<T>): Promise<T> =>
    recorded.tracing.span({ name: word('call'), kind: 'server' }, work)
  const counting = async (): Promise<number> => 1

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opensag-traced-store-'))
    recorded = recording()
    const commits = watchCommits()
    plain = await openSqliteStore({ folder, onEvent: commits.onEvent })
    store = tracedStore(plain, recorded.tracing, { system: 'sqlite', groupSize: commits.last })
  })
  afterEach(async () => {
    await plain.close()
    await rm(folder, { recursive: true })
  })

  test('of a write shows how it waited, and how many shared its commit', async () => {
    await Promise.all([1, 2, 3].map(() => call(() => store.write(counting))))
    const ofOne = ['call', 'call > store write', 'call > store write > store commit', 'call > store write > store wait']
    expect([...recorded.paths()].sort()).toEqual(ofOne.flatMap((path) => [path, path, path]).sort())
    const commits = recorded.spans.filter(({ name }) => name === 'store commit')
    expect(commits.map(({ facts }) => facts['opensag.store.group_size'])).toEqual([3, 3, 3])
    expect(recorded.spans.every(({ ended }) => ended)).toBe(true)
    await call(() => store.write(counting))
    expect(recorded.spans.at(-1)?.facts['opensag.store.group_size']).toBe(1)
  })

  test('of a work that fails shows its error and no size of a group', async () => {
    const failing = call(() => store.write(() => Promise.reject(new RangeError('of the test'))))
    await expect(failing).rejects.toThrow('of the test')
    const [, write] = recorded.spans
    expect(write).toMatchObject({ name: 'store write', error: 'RangeError', ended: true })
    const commit = recorded.spans.find(({ name }) => name === 'store commit')
    expect(commit?.facts).toEqual({})
    expect(recorded.spans.every(({ ended }) => ended)).toBe(true)
  })

  test('of a work that is run again says how often', async () => {
    const twice: Store = {
      ...plain,
      write: async (work) => {
        await plain.write(work)
        return plain.write(work)
      },
    }
    store = tracedStore(twice, recorded.tracing, { system: 'sqlite', groupSize: () => 1 })
    await call(() => store.write(counting))
    expect(recorded.spans.find(({ name }) => name === 'store write')?.facts['opensag.store.runs']).toBe(2)
    expect(recorded.spans.every(({ ended }) => ended)).toBe(true)
  })

  test('of a read, a record and a nonce is one span each, with the database', async () => {
    const entry = { at: 0 } as never
    const recordedOnly: Store = { ...plain, record: async () => {} }
    store = tracedStore(recordedOnly, recorded.tracing, { system: 'postgresql', groupSize: () => 1 })
    await call(async () => {
      await store.read(async () => 1)
      await store.record(entry)
      await store.burnNonce({ accessKeyId: 'id', nonce: 'the-nonce', expiresAt: 1 })
    })
    const ofStore = recorded.spans.slice(1)
    expect(ofStore.map(({ name }) => name)).toEqual(['store read', 'store record', 'store use nonce'])
    expect(ofStore.map(({ facts }) => facts)).toEqual(
      Array.from({ length: 3 }, () => ({ 'db.system.name': 'postgresql' })),
    )
    expect(JSON.stringify(ofStore)).not.toContain('the-nonce')
  })

  test('has none for what nobody called for, such as a sweep', async () => {
    expect(await store.write(counting)).toBe(1)
    await store.read(async () => 1)
    expect(recorded.spans).toEqual([])
  })
})
