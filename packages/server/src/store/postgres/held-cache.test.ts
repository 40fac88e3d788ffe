import { expect, test } from 'vitest'
import { instanceColumns } from '../../columns/instance.ts'
import { newRow } from '../../columns/table.ts'
import { blankInstance } from '../../model/lifecycle-start.ts'
import type { HotQuery } from '../compiled-query.ts'
import { createHeldCache } from './held-cache.ts'
import type { Link } from './link.ts'

const access = { id: 'id', read: (row: object) => (row as { readonly name: unknown }).name }
const ask = { given: { id: 'sag-1' } } as unknown as HotQuery<unknown>

/** A cache over a database whose instance has this name; it answers when `answer` is called. */
function cacheOf(database: { name: string }) {
  const waiting: (() => void)[] = []
  let asked = 0
  const link = {
    query() {
      asked += 1
      const row = { ...newRow(instanceColumns, blankInstance({ name: database.name })), devices: null }
      return new Promise((resolve) => waiting.push(() => resolve({ rows: [row] })))
    },
  } as unknown as Link
  const cache = createHeldCache(link)
  const answer = (): void => {
    for (const go of waiting.splice(0)) go()
  }
  async function read(): Promise<unknown> {
    const asking = cache.read(ask, access)
    answer()
    return (await asking).rows[0]
  }
  return { cache, answer, read, asked: () => asked }
}

test('an instance that was read is read once, and shows what was changed in it', async () => {
  const { cache, read, asked } = cacheOf({ name: 'old' })
  expect(await read()).toBe('old')
  cache.changing('sag-1', ['name'], { name: 'new' })
  cache.changing('sag-2', ['name'], { name: 'other' })
  expect(await read()).toBe('new')
  expect(asked()).toBe(1)
})

test('after anything that may have changed it, it is read again', async () => {
  const database = { name: 'old' }
  const { cache, read } = cacheOf(database)
  await read()
  cache.clear()
  database.name = 'new'
  expect(await read()).toBe('new')
})

test.each([
  ['changed', (cache: ReturnType<typeof createHeldCache>) => cache.changing('sag-1', ['name'], { name: 'new' })],
  ['forgotten', (cache: ReturnType<typeof createHeldCache>) => cache.clear()],
])('what is %s while it is being read is read again', async (_, change) => {
  const database = { name: 'old' }
  const { cache, answer, read } = cacheOf(database)
  const early = cache.read(ask, access)
  change(cache)
  answer()
  // What it asked for was sent before.
  expect((await early).rows[0]).toBe('old')
  database.name = 'new'
  expect(await read()).toBe('new')
})
