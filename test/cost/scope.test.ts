import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Harness, openHarnessOn } from '../../packages/server/src/apis/testing/harness-on.suite.ts'
import { accountId, regionId } from '../../packages/server/src/apis/testing/names.suite.ts'
import type { Scope } from '../../packages/server/src/model/scope.ts'
import { createRepositories } from '../../packages/server/src/store/repositories.ts'
import { ratioOf } from './ratio.ts'
import { quickStore } from './world.ts'

const size = 20_000
const idOf = (n: number): string => `sag-${String(n * 7919).padStart(12, '0')}`

let context: Harness
beforeAll(async () => {
  context = await openHarnessOn(quickStore)
  const first = await context.addInstance({ id: 'sag-first' })
  const { store } = context
  const [row] = await store.read((db) => db.selectFrom('instance').selectAll().where('id', '=', first).execute())
  if (row === undefined) throw new Error('It is not there.')
  for (let n = 0; n < size; n += 200) {
    const rows = Array.from({ length: 200 }, (_, k) => ({
      ...row,
      id: idOf(n + k),
      order_id: `${n + k}`,
      created_at: n,
    }))
    await store.write((tx) => tx.insertInto('instance').values(rows).execute())
  }
})
afterAll(() => context?.close())

function scopeOf(...ids: readonly string[]): Scope {
  const nothing = { patterns: [], exceptions: [], tagged: [] }
  return [{ allowed: { ...nothing, patterns: ids.map((id) => ({ region: '*', id })) }, denied: nothing }]
}

/** The first page of the list and of the compact list, with their totals. */
const pages = (scope: Scope | undefined) => ({
  timed: () =>
    context.store.read(async (db) => {
      const { fleet } = createRepositories(db)
      await fleet.instances({ accountId, regionId, scope }, { number: 1, size: 50 })
      await fleet.overview({ accountId, regionId, scope }, 51)
      await fleet.count({ accountId, regionId, scope })
    }),
})

test.each([
  ['one instance of many', scopeOf(idOf(5)), 1],
  ['a hundred of many', scopeOf(...Array.from({ length: 100 }, (_, n) => idOf(n * 100))), 3],
  ['what four patterns match', scopeOf('sag-00*', '*11*', '*?22*', '*33?'), 12],
])(`the list of %s costs no more than a few times the whole list of ${size}`, async (_, scope, bound) => {
  const ratio = await ratioOf(pages(undefined), pages(scope), bound, { rounds: 5, calls: 4 })
  console.info(`${ratio.toFixed(2)} of the whole list`)
  expect(ratio).toBeLessThan(bound)
})
