import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Scope } from '../../model/scope.ts'
import type { Store } from '../store.ts'
import { openTestStore } from '../testing/database.suite.ts'
import { createCommittedFleet, createFleet } from './create-fleet.ts'
import type { Fleet } from './fleet.ts'
import { countSize, partSize } from './parts.ts'

const accountId = '1000000000000001'
const count = 2 * countSize + 7

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

/** Every third has another name. */
const nameOf = (id: string): string => (Number(id.slice(4)) % 3 === 0 ? 'branch' : 'other')

/** Some at the same time, in no order of their ids. */
const all = Array.from({ length: count }, (_, index) => ({
  id: `sag-${String((index * 7919) % count).padStart(6, '0')}`,
  createdAt: 1000 + Math.floor(((index * 104_729) % count) / 5),
  regionId: index % 3 === 0 ? 'cn-hangzhou' : 'cn-shanghai',
}))
type One = (typeof all)[number]
const newestFirst = all.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))

function scopeOf(...ids: readonly string[]): Scope {
  const nothing = { patterns: [], exceptions: [], tagged: [] }
  return [{ allowed: { ...nothing, patterns: ids.map((id) => ({ region: '*', id })) }, denied: nothing }]
}

const folder = mkdtempSync(join(tmpdir(), 'opensag-parts-'))
let store: Store
beforeAll(async () => {
  store = await openTestStore(folder)
  await store.write(async (tx) => {
    await tx.insertInto('account').values({ id: accountId, name: 'a', created_at: 0, access_epoch: 0 }).execute()
    const fleet = createFleet(tx)
    for (const one of all) await fleet.addInstance({ ...bought, ...one, orderId: one.id, name: nameOf(one.id) })
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

test.each([
  ['outside a unit of work', <T>(work: (fleet: Fleet) => Promise<T>) => work(createCommittedFleet(store))],
  ['inside one', <T>(work: (fleet: Fleet) => Promise<T>) => store.read((db) => work(createFleet(db)))],
] as const)('%s a page of what no index holds is that of the whole list, and so are the totals', async (_, use) => {
  const scope = scopeOf('sag-0*')
  for (const [filter, isFound] of [
    [{ name: 'branch' }, ({ id }: One) => nameOf(id) === 'branch'],
    [
      { name: 'branch', regionId: 'cn-hangzhou' },
      (one: One) => nameOf(one.id) === 'branch' && one.regionId === 'cn-hangzhou',
    ],
    [{ kinds: ['app'] as const }, () => false],
    [{ scope }, ({ id }: One) => id.startsWith('sag-0')],
  ] as const) {
    const expected = newestFirst.filter(isFound).map(({ id }) => id)
    for (const number of [1, 34, 67, 68, 4000]) {
      const { total, instances } = await use((fleet) => fleet.instances({ accountId, ...filter }, { number, size: 50 }))
      expect(total).toBe(expected.length)
      expect(instances.map(({ id }) => id)).toEqual(expected.slice((number - 1) * 50, number * 50))
    }
  }
  expect(await use((fleet) => fleet.count({ accountId, scope }))).toBe(
    all.filter(({ id }) => id.startsWith('sag-0')).length,
  )
  expect(await use((fleet) => fleet.count({ accountId }))).toBe(count)
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
    partSize,
  ],
  ['an overview', () => createCommittedFleet(store).overview({ accountId }, count), partSize],
  [
    'a page of what no index holds',
    () => createCommittedFleet(store).instances({ accountId, name: 'none' }, { number: 1, size: 10 }),
    countSize,
  ],
])('%s looks at no more than a part in one turn of the loop, and in one unit', async (_, list, size) => {
  let turns = 0
  let isOver = false
  const look = (): void => {
    turns++
    if (!isOver) setImmediate(look)
  }
  setImmediate(look)
  await list()
  isOver = true
  expect(turns).toBeGreaterThanOrEqual(Math.floor(count / size))
})
