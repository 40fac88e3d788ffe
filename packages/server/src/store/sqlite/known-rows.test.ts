import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { blankInstance } from '../../model/lifecycle-start.ts'
import { createFleet } from '../fleet/create-fleet.ts'
import { updateInstance } from '../fleet/instance-update.ts'
import { findInstance } from '../fleet/lookups.ts'
import type { Reader, Store, Writer } from '../store.ts'
import { sqliteDriver } from './driver.ts'
import { observedDriver, sqliteError } from './failing-driver.suite.ts'
import { temporaryFolder } from './folders.suite.ts'
import { openSqliteStore } from './open.ts'

const id = 'sag-1'

/** A store with one instance without a name, and what its connections are told. */
async function openWorld() {
  const statements: string[] = []
  let failing: string | undefined
  const driver = observedDriver((sql) => {
    statements.push(sql)
    if (failing === undefined || !sql.startsWith(failing)) return
    failing = undefined
    throw sqliteError('SQLITE_IOERR')
  })
  const folder = temporaryFolder()
  // Who shares a commit must not depend on how fast the machine is.
  const store = await openSqliteStore({ folder, driver, groupMs: 60_000 })
  onTestFinished(() => store.close())
  await store.write(async (tx) => {
    await tx.insertInto('account').values({ id: '1', name: 'a', created_at: 0 }).execute()
    await createFleet(tx).addInstance(blankInstance({ id, orderId: '1', name: '' }))
  })
  statements.length = 0
  return {
    store,
    reads: () => statements.filter((sql) => sql.startsWith('select') && sql.includes('"instance"')).length,
    failNext: (sql: string) => {
      failing = sql
    },
    file: join(folder, 'opensag.db'),
  }
}

const nameOf = async (db: Reader): Promise<string | undefined> => (await findInstance(db, id))?.name
const rename = (tx: Writer, name: string) => updateInstance(tx, { name }, { rowId: id })
const append = (store: Store, text: string, throws = false): Promise<void> =>
  store.write(async (tx) => {
    await rename(tx, `${(await nameOf(tx)) ?? ''}${text}`)
    if (throws) throw new RangeError(text)
  })

test('works of one commit read an instance once, and see what those before them have changed', async () => {
  const { store, reads } = await openWorld()
  await Promise.all([append(store, 'a'), append(store, 'b'), append(store, 'c')])
  expect(reads()).toBe(1)
  expect(await store.read(nameOf)).toBe('abc')
})

test.each([
  ['first', ['x', 'a', 'b'], 'ab'],
  ['second', ['a', 'x', 'b'], 'ab'],
])(
  'what the %s work of a commit has changed before it failed is not seen by those behind it',
  async (_, texts, name) => {
    const { store } = await openWorld()
    await Promise.allSettled(texts.map((text) => append(store, text, text === 'x')))
    expect(await store.read(nameOf)).toBe(name)
  },
)

test('a statement of any other kind has the instance read again', async () => {
  const { store } = await openWorld()
  const seen = await store.write(async (tx) => {
    const before = await nameOf(tx)
    await tx.updateTable('instance').set({ name: 'b' }).where('id', '=', id).execute()
    return [before, await nameOf(tx)]
  })
  expect(seen).toEqual(['', 'b'])
})

test('an update that failed, and whose work goes on, is not taken for done', async () => {
  const { store, failNext } = await openWorld()
  const seen = await store.write(async (tx) => {
    const before = await nameOf(tx)
    failNext('update "instance"')
    await rename(tx, 'b').catch(() => {})
    return [before, await nameOf(tx)]
  })
  expect(seen).toEqual(['', ''])
})

test('an instance is read again in the next commit', async () => {
  const { store, file } = await openWorld()
  await append(store, 'a')
  const other = sqliteDriver.open(file, 'write')
  other.exec(`update instance set name = 'z' where id = '${id}'`)
  other.close()
  await append(store, 'b')
  expect(await store.read(nameOf)).toBe('zb')
})
