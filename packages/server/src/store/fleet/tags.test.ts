import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Store } from '../store.ts'
import { createTagReader } from './tags.ts'

/** A store whose reads begin when they are told to. */
function heldStore() {
  const begins: (() => void)[] = []
  const rows = [{ value: '["env","prod"]' }]
  const read = ((work) =>
    new Promise((resolve, reject) => {
      begins.push(() => void work(database(rows) as never).then(resolve, reject))
    })) as Store['read']
  return { read, begins }
}

/** As far as one statement needs it. */
function database(rows: readonly object[]) {
  const executor = {
    adapter: {},
    transformQuery: (node: object) => node,
    compileQuery: (query: object) => ({ query, queryId: { queryId: randomUUID() }, sql: '', parameters: [] }),
    executeQuery: async () => ({ rows }),
    withPluginAtFront: () => executor,
    withPlugins: () => executor,
    plugins: [],
  }
  return { getExecutor: () => executor }
}

test('those who ask the same before it is read share one look at the tags in use, and later ones look anew', async () => {
  const store = heldStore()
  const tags = createTagReader(store)
  const both = [tags.inUse('1', ['env', 'site']), tags.inUse('1', ['site', 'env', 'env'])]
  const others = [tags.inUse('2', ['env', 'site']), tags.inUse('1', ['env'])]
  expect(store.begins).toHaveLength(3)
  store.begins[0]?.()
  // It has begun: a tag that is taken away from now on must not be in it.
  const later = tags.inUse('1', ['env', 'site'])
  expect(store.begins).toHaveLength(4)
  for (const begin of store.begins.slice(1)) begin()
  for (const found of [...both, ...others, later]) expect(await found).toEqual([['env', 'prod']])
})

test('a look that failed before it began, or began at once, is nobody else’s', async () => {
  let reads = 0
  const failing = createTagReader({ read: async () => Promise.reject(new Error(`${++reads}`)) })
  await expect(failing.inUse('1', ['env'])).rejects.toThrow('1')
  await expect(failing.inUse('1', ['env'])).rejects.toThrow('2')
  const atOnce = createTagReader({ read: (work) => work(database([{ value: `["env","${++reads}"]` }]) as never) })
  expect(await Promise.all([atOnce.inUse('1', ['env']), atOnce.inUse('1', ['env'])])).toEqual([
    [['env', '3']],
    [['env', '4']],
  ])
})
