import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { folders } from './folders.ts'
import { mutate } from './mutant.ts'
import { survivors } from './survivors.ts'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const mutants = folders.flatMap((folder) => folder.mutants)

test('every mutant changes one place of a file that is there', () => {
  const mistakes = mutants.flatMap((mutant) => {
    const path = join(root, mutant.file)
    if (!existsSync(path)) return [`${mutant.id}: there is no ${mutant.file}`]
    const text = readFileSync(path, 'utf8')
    try {
      return mutate(mutant, text) === text ? [`${mutant.id} changes nothing`] : []
    } catch (error) {
      return [(error as Error).message]
    }
  })
  expect(mistakes).toEqual([])
})

test('every mutant names tests that are there', () => {
  const missing = mutants.flatMap(({ id, tests }) =>
    tests.length === 0
      ? [`${id}: none`]
      : tests.filter((file) => !existsSync(join(root, file))).map((file) => `${id}: ${file}`),
  )
  expect(missing).toEqual([])
})

test('no two mutants have one name', () => {
  const ids = mutants.map(({ id }) => id)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
})

test('there are at least 200 of them, and every folder has a floor', () => {
  expect(mutants.length).toBeGreaterThanOrEqual(200)
  expect(folders.filter(({ floor, mutants }) => floor < 0.8 || mutants.length < 15).map(({ name }) => name)).toEqual([])
})

test('a survivor that is listed is a mutant, and has a reason', () => {
  const ids = new Set(mutants.map(({ id }) => id))
  expect(Object.keys(survivors).filter((id) => !ids.has(id))).toEqual([])
  expect(Object.values(survivors).filter((reason) => reason.length < 20)).toEqual([])
})
