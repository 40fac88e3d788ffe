import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBusinessClock } from './business-clock.ts'
import type { Store } from './store/store.ts'
import { openTestStore } from './store/testing/database.suite.ts'

let folder: string
let store: Store
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-clock-'))
  store = await openTestStore(folder)
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

test('the business clock runs with the wall clock, ahead by what it was moved, also after a restart', async () => {
  let wall = 1000
  const clock = await openBusinessClock(store, () => wall)
  expect(clock.now()).toBe(1000)
  await clock.advance(500)
  await clock.advance(20)
  wall = 2000
  expect([clock.now(), clock.offset()]).toEqual([2520, 520])
  const reopened = await openBusinessClock(store, () => wall)
  expect(reopened.now()).toBe(2520)
})

test('a damaged offset is told, not taken for none', async () => {
  await store.write((tx) => tx.insertInto('setting').values({ name: 'business_clock_offset', value: 'soon' }).execute())
  await expect(openBusinessClock(store, () => 0)).rejects.toThrow('damaged')
})
