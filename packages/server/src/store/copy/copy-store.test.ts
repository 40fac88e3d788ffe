import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../sqlite/folders.suite.ts'
import { openSqliteStore } from '../sqlite/open.ts'
import { createSumming } from './checksum.ts'
import { type CopyProgress, copyStore } from './copy-store.ts'
import { copiedTables } from './plan.ts'
import type { CopyTarget } from './side.ts'
import { openSqliteSource, openSqliteTarget } from './sqlite-side.ts'

const tables = await copiedTables()

/** With 2500 settings, the first of which has the value given. */
async function newSource(first = 'value'): Promise<string> {
  const folder = join(temporaryFolder(), 'source')
  const store = await openSqliteStore({ folder })
  const settings = Array.from({ length: 2500 }, (_, index) => ({ name: `name-${index}`, value: 'value' }))
  await store.write(async (tx) => {
    await tx.insertInto('setting').values({ name: 'a', value: first }).execute()
    for (const setting of settings) await tx.insertInto('setting').values(setting).execute()
  })
  await store.close()
  return folder
}

function newTarget(): string {
  const folder = join(temporaryFolder(), 'target')
  mkdirSync(folder)
  return folder
}

async function copy(
  from: string,
  to: string,
  {
    between = (target) => target,
    onProgress,
  }: { readonly between?: (target: CopyTarget) => CopyTarget; readonly onProgress?: (now: CopyProgress) => void } = {},
): Promise<unknown> {
  const source = await openSqliteSource(from)
  try {
    const target = await openSqliteTarget(to)
    try {
      return await copyStore({ tables, source, target: between(target), onProgress })
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

/** Is killed when it has added a page. */
function afterOnePage(target: CopyTarget): CopyTarget {
  let pages = 0
  return {
    ...target,
    async add(...given) {
      if (pages++ === 1) throw new Error('killed')
      await target.add(...given)
    },
  }
}

async function settingsIn(folder: string): Promise<number> {
  const store = await openSqliteStore({ folder })
  const { length } = await store.read((db) => db.selectFrom('setting').select('name').execute())
  await store.close()
  return length
}

test('an interrupted copy goes on behind the rows it has added', async () => {
  const [source, target] = [await newSource(), newTarget()]
  await expect(copy(source, target, { between: afterOnePage })).rejects.toThrow('killed')
  await expect(openSqliteStore({ folder: target })).rejects.toThrow('target of a copy that has not ended')
  const added: number[] = []
  await copy(source, target, {
    between: (given) => ({
      ...given,
      async add(table, rows, notes) {
        added.push(rows.length)
        await given.add(table, rows, notes)
      },
    }),
  })
  expect(added).toEqual([1000, 501])
  expect(await settingsIn(target)).toBe(2501)
})

test('an interrupted copy is not the source of another, and does not take that of another source', async () => {
  const [source, target] = [await newSource(), newTarget()]
  await expect(copy(source, target, { between: afterOnePage })).rejects.toThrow('killed')
  await expect(copy(target, newTarget())).rejects.toThrow('is itself an interrupted copy')
  await expect(copy(await newSource('other'), target)).rejects.toThrow('interrupted copy of another source')
})

test('a row that is not equal, or one too many, is found', async () => {
  for (const change of [
    (rows: CopyRows) => rows.map((row) => row.map((value) => (value === 'name-7' ? 'name-x' : value))),
    (rows: CopyRows) => rows.slice(1),
  ]) {
    const between = (given: CopyTarget): CopyTarget => ({
      ...given,
      add: (table, rows, notes) => given.add(table, change(rows), notes),
    })
    await expect(copy(await newSource(), newTarget(), { between })).rejects.toThrow('equal to its source in: setting.')
  }
})

type CopyRows = Parameters<CopyTarget['add']>[1]

test('a text with a NUL is refused by its row', async () => {
  await expect(copy(await newSource('sec\0ret'), newTarget())).rejects.toThrow(
    'The row ["a"] of setting has a text with a NUL character',
  )
})

test('both phases are shown to their end', async () => {
  const shown: CopyProgress[] = []
  await copy(await newSource(), newTarget(), { onProgress: (now) => shown.push(now) })
  expect(shown.filter(({ phase }) => phase === 'copying').at(-1)).toMatchObject({ done: 2501, of: 2501 })
  expect(shown.filter(({ phase }) => phase === 'verifying').at(-1)).toMatchObject({ done: 2501, of: 2501 })
})

test('a table comes after those it refers to', () => {
  const names = tables.map(({ name }) => name)
  for (const [one, other] of [
    ['account', 'access_key'],
    ['instance', 'device'],
    ['ram_user', 'ram_login_profile'],
    ['vbr', 'vbr_route'],
  ] as const) {
    expect(names.indexOf(one)).toBeLessThan(names.indexOf(other))
  }
  expect(names).not.toContain('kysely_migration')
})

test('a sum depends on every row and on no order', () => {
  const sumOf = (rows: CopyRows): string => {
    const summing = createSumming()
    for (const row of rows) summing.add(row)
    return JSON.stringify(summing.result())
  }
  const sum = sumOf([['a', null], ['b', '1'], [Buffer.from('c')]])
  expect(sumOf([[Buffer.from('c')], ['b', '1'], ['a', null]])).toBe(sum)
  for (const other of [
    [
      ['a', null],
      ['b', '1'],
    ],
    [['a', ''], ['b', '1'], [Buffer.from('c')]],
    [['a', null], ['b', '1'], ['Yw==']],
    [['a', null], ['b', '1'], [Buffer.from('c')], [Buffer.from('c')]],
  ] as const) {
    expect(sumOf(other)).not.toBe(sum)
  }
})
