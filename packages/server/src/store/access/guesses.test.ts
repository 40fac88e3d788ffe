import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Store } from '../store.ts'
import { openTestStore } from '../testing/database.suite.ts'
import { clearGuesses, countGuess, forgetGuesses, longestMemory, takeBackGuess } from './guesses.ts'

const limits = { free: 2, firstWait: 1000, longestWait: 60_000, memory: longestMemory }
const start = Date.UTC(2026, 0, 1)
let folder: string
let store: Store

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-guesses-'))
  store = await openTestStore(folder)
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

const named = (guesser: string) => ({ kind: 'account', guesser, limits })
const from = (guesser: string) => ({ kind: 'source', guesser, limits: { ...limits, free: 3 } })
const guess = (name: string, source: string, at = start) =>
  store.write((tx) => countGuess(tx, [named(name), from(source)], at))
const rows = async () => {
  const found = await store.read((db) => db.selectFrom('guess').selectAll().orderBy('guesser').execute())
  return found.map(({ kind, guesser, failures }) => `${kind} ${guesser} ${failures}`)
}

test('after the free failures each one waits, by name and by source, and what waits is not counted', async () => {
  expect([await guess('anna', 'a'), await guess('anna', 'a'), await guess('anna', 'a')]).toEqual([
    [0, 0],
    [0, 0],
    [1000, 0],
  ])
  expect(await guess('bert', 'a')).toEqual([0, 0])
  expect(await guess('carl', 'a')).toEqual([0, 1000])
  expect(await rows()).toEqual(['source a 3', 'account anna 2', 'account bert 1'])
  expect(await guess('anna', 'b', start + 1000)).toEqual([0, 0])
})

test('one that is cleared begins anew, and one failure is taken back', async () => {
  for (const name of ['anna', 'bert']) await guess(name, 'a')
  await store.write(async (tx) => {
    await clearGuesses(tx, named('anna'))
    await takeBackGuess(tx, from('a'))
    await takeBackGuess(tx, from('nobody'))
  })
  expect(await rows()).toEqual(['source a 1', 'account bert 1'])
  await store.write((tx) => takeBackGuess(tx, from('a')))
  expect(await rows()).toEqual(['account bert 1'])
})

test('what is too old is forgotten, and of too many of a kind those that failed longest ago', async () => {
  for (let index = 0; index < 6; index++) await guess(`name-${index}`, `place-${index}`, start + index)
  await guess('name-9', 'place-9', start + longestMemory)
  const now = start + longestMemory + 1
  expect(await store.write((tx) => forgetGuesses(tx, now))).toBe(4)
  expect(await store.write((tx) => forgetGuesses(tx, now, 3))).toBe(4)
  const left = [4, 5, 9]
  expect(await rows()).toEqual([
    ...left.map((index) => `account name-${index} 1`),
    ...left.map((index) => `source place-${index} 1`),
  ])
})

test('a clock that was set back makes nobody wait longer than the rule says', async () => {
  for (let failure = 0; failure < 2; failure++) await guess('anna', `${failure}`, start)
  expect(await guess('anna', 'c', start - 10 * limits.longestWait)).toEqual([1000, 0])
})
