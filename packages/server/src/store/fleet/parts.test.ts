import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSqliteStore } from '../sqlite/open.ts'
import type { Store } from '../store.ts'
import { createCommittedFleet, createFleet } from './create-fleet.ts'
import { partSize } from './parts.ts'

const accountId = '1000000000000001'
const count = 2 * partSize + 7

const bought = {
  accountId,
  alreadyHaveSag: false,
  haType: 'no_backup',
  kind: 'hardware',
  maxBandwidth: 50,
  name: 'branch',
  periodMonths: 12,
  spec: 'sag-1000',
} as const

/** Some at the same time, in no order of their ids. */
const all = Array.from({ length: count }, (_, index) => ({
  id: `sag-${String((index * 7919) % count).padStart(6, '0')}`,
  createdAt: 1000 + Math.floor(((index * 104_729) % count) / 5),
  regionId: index % 3 === 0 ? 'cn-hangzhou' : 'cn-shanghai',
}))
const newestFirst = all.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))

const folder = mkdtempSync(join(tmpdir(), 'opensag-parts-'))
let store: Store
beforeAll(async () => {
  store = await openSqliteStore({ folder })
  await store.write(async (tx) => {
    await tx.insertInto('account').values({ id: accountId, name: 'a', created_at: 0, access_epoch: 0 }).execute()
    const fleet = createFleet(tx)
    for (const one of all) await fleet.addInstance({ ...bought, ...one, orderId: one.id })
  })
})
afterAll(async () => {
  await store?.close()
  rmSync(folder, { recursive: true, force: true })
})

test.each([
  ['outside a unit of work', () => createCommittedFleet(store).instances],
  [
    'inside one',
    () =>
      (...given: Parameters<ReturnType<typeof createFleet>['instances']>) =>
        store.read((db) => createFleet(db).instances(...given)),
  ],
] as const)('%s what is kept of very many instances is found whole, in order and once', async (_, listing) => {
  const isKept = ({ id }: { readonly id: string }): boolean => Number(id.at(-1)) % 2 === 0
  for (const regionId of [undefined, 'cn-hangzhou']) {
    const expected = newestFirst.filter((one) => isKept(one) && (regionId ?? one.regionId) === one.regionId)
    for (const page of [undefined, { number: 1, size: 50 }, { number: 4, size: 50 }, { number: 99, size: 50 }]) {
      const { total, instances } = await listing()({ accountId, regionId }, page, isKept)
      const [from, to] = page === undefined ? [0, count] : [(page.number - 1) * page.size, page.number * page.size]
      expect(total).toBe(expected.length)
      expect(instances.map(({ id }) => id)).toEqual(expected.slice(from, to).map(({ id }) => id))
    }
  }
})

test('the overview of very many is found whole, in order and once, up to its limit', async () => {
  const ids = all.map(({ id }) => id).toSorted()
  for (const [limit, after] of [
    [count + 1, undefined],
    [partSize + 3, ids[2]],
    [partSize, undefined],
  ] as const) {
    const rows = await createCommittedFleet(store).overview({ accountId, after }, limit)
    const from = after === undefined ? 0 : 3
    expect(rows.map(({ instance }) => instance.id)).toEqual(ids.slice(from, from + limit))
  }
})

test.each([
  [
    'a list by what no column holds',
    () => createCommittedFleet(store).instances({ accountId }, { number: 1, size: 10 }, () => true),
  ],
  ['an overview', () => createCommittedFleet(store).overview({ accountId }, count)],
])('%s looks at no more than a part in one turn of the loop, and in one unit', async (_, list) => {
  let turns = 0
  let isOver = false
  const look = (): void => {
    turns++
    if (!isOver) setImmediate(look)
  }
  setImmediate(look)
  await list()
  isOver = true
  expect(turns).toBeGreaterThanOrEqual(Math.floor(count / partSize))
})
