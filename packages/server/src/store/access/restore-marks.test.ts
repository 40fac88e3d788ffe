import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSignatureFence } from '../../signature-fence.ts'
import { temporaryFolder } from '../sqlite/folders.suite.ts'
import type { Store } from '../store.ts'
import { openTestStore } from '../testing/database.suite.ts'
import { addForgottenTimes } from './forgotten-times.ts'
import {
  generationFloor,
  raiseSignatureFence,
  restoredAt,
  setGenerationFloor,
  setRestoredAt,
  signatureFence,
} from './restore-marks.ts'

let store: Store
beforeEach(async () => {
  store = await openTestStore(temporaryFolder())
})
afterEach(() => store.close())

test('a store that was never restored has no marks, and fences nothing', async () => {
  expect(await store.read(restoredAt)).toBeUndefined()
  expect(await store.read(signatureFence)).toBe(0)
  expect(await store.read(generationFloor)).toBe(0)
})

test('each mark is kept under a name of its own; the time is the last one, and the fences never fall', async () => {
  await store.write(async (tx) => {
    for (const more of [10, 20, 0]) {
      await setRestoredAt(tx, 1 + more)
      await raiseSignatureFence(tx, 2 + more)
      await setGenerationFloor(tx, 3 + more)
    }
  })
  expect(await store.read(restoredAt)).toBe(1)
  expect(await store.read(signatureFence)).toBe(22)
  expect(await store.read(generationFloor)).toBe(23)
})

test('a mark that cannot be read is no missing one: the server does not start with it', async () => {
  for (const value of ['', 'soon', '-1', '1.5']) {
    await store.write((tx) =>
      tx
        .insertInto('setting')
        .values({ name: 'signature-fence', value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute(),
    )
    await expect(openSignatureFence(store)).rejects.toThrow('signature-fence is damaged')
  }
})

test('what is no time is not written', async () => {
  for (const value of [Number.NaN, -1, 0.5]) {
    await expect(store.write((tx) => setRestoredAt(tx, value))).rejects.toThrow(RangeError)
  }
})

test('the fence in memory is the one of the store, and never falls', async () => {
  await store.write((tx) => raiseSignatureFence(tx, 1000))
  const fence = await openSignatureFence(store)
  const around = (time: number): readonly boolean[] => [time, time + 1].map(fence.isFenced)
  expect(around(1000)).toEqual([true, false])
  fence.raise(3000)
  fence.raise(2000)
  expect(around(3000)).toEqual([true, false])
})

test('times whose nonces are forgotten are fenced too, from the next start on as well', async () => {
  await store.write((tx) => addForgottenTimes(tx, [{ from: 5000, to: 6000 }]))
  const fence = await openSignatureFence(store)
  expect([4999, 5000, 6000, 6001].map(fence.isFenced)).toEqual([false, true, true, false])
  fence.forget([{ from: 5000, to: 7000 }])
  expect([7000, 7001].map(fence.isFenced)).toEqual([true, false])
})

test('what another node has fenced is heard by a refresh, which lowers nothing', async () => {
  const fence = await openSignatureFence(store)
  fence.raise(2000)
  fence.forget([{ from: 9_000_000, to: 9_000_500 }])
  await store.write(async (tx) => {
    await raiseSignatureFence(tx, 1000)
    await addForgottenTimes(tx, [{ from: 5_000_000, to: 5_000_500 }])
  })
  expect([5_000_000, 9_000_000].map(fence.isFenced)).toEqual([false, true])
  await fence.refresh()
  expect([2000, 2001, 5_000_500, 9_000_000].map(fence.isFenced)).toEqual([true, false, true, true])
  await store.write((tx) => raiseSignatureFence(tx, 3000))
  await fence.refresh()
  expect(fence.isFenced(3000)).toBe(true)
})

test('a damaged list of forgotten times is not read as none', async () => {
  for (const value of ['', '{}', '[{"from":1}]', '[{"from":1,"to":"2"}]']) {
    await store.write((tx) =>
      tx
        .insertInto('setting')
        .values({ name: 'forgotten-times', value })
        .onConflict((c) => c.column('name').doUpdateSet({ value }))
        .execute(),
    )
    await expect(openSignatureFence(store)).rejects.toThrow('damaged')
  }
})
