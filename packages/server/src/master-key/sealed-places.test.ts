import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../store/sqlite/folders.suite.ts'
import { openTestStore } from '../store/testing/database.suite.ts'
import { sealedPlaces } from './sealed-places.ts'

test('every sealed column of the database is among the places that a rotation seals anew', async () => {
  const store = await openTestStore(temporaryFolder())
  const tables = await store.write((tx) => tx.introspection.getTables())
  await store.close()
  const sealed = tables.flatMap(({ name, columns }) =>
    columns.filter((column) => column.name.endsWith('_sealed')).map((column) => `${name}.${column.name}`),
  )
  expect(sealed.length).toBeGreaterThan(0)
  const places = sealedPlaces.map(({ name }) => name).filter((name) => name !== 'setting.value')
  expect(places.sort()).toEqual(sealed.sort())
})

test('no setting is sealed under a context of its own: those a rotation seals anew are listed', () => {
  const sources = join(import.meta.dirname, '..')
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /(?<!test)\.ts$/.test(name),
  )
  const own = files.filter((name) => readFileSync(join(sources, name), 'utf8').includes('`setting/value/'))
  expect(own).toEqual(['store/sealed-settings.ts'])
})
