import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createManualTime, type ManualTime } from '@opensag/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { until } from '../../../../../test/support/time.ts'
import { keepPairWeight, type PairWeight } from './pair-weight.ts'

let folder: string
let time: ManualTime
let can: boolean
const problems: unknown[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-weight-'))
  time = createManualTime()
})
afterEach(async () => {
  await rm(folder, { recursive: true })
  expect(problems).toEqual([])
})

const file = (): string => join(folder, 'weight')
const says = async (): Promise<string> => (await readFile(file(), 'utf8')).trim()

function open(): PairWeight {
  return keepPairWeight({
    canCarry: () => can,
    file: file(),
    timers: time.timers,
    problem: (error) => problems.push(error),
  })
}

async function now(weight: PairWeight, canNow: boolean): Promise<string> {
  can = canNow
  await weight.look()
  return says()
}

test.each([
  [true, '0'],
  [false, '-80'],
])('at first it says what is so: %s', async (isSo, text) => {
  expect(await now(open(), isSo)).toBe(text)
})

test('bad news are told at once, good news when they have been so for three seconds', async () => {
  const weight = open()
  expect(await now(weight, true)).toBe('0')
  expect(await now(weight, false)).toBe('-80')
  expect(await now(weight, true)).toBe('-80')
  time.advance(2_999)
  expect(await now(weight, true)).toBe('-80')
  // It was interrupted: the time begins anew.
  expect(await now(weight, false)).toBe('-80')
  expect(await now(weight, true)).toBe('-80')
  time.advance(2_999)
  expect(await now(weight, true)).toBe('-80')
  time.advance(1)
  await until('the good news', async () => (await says()) === '0')
})

test('what the process before has said counts until this one knows better, ten seconds at most', async () => {
  await writeFile(file(), '0\n')
  const weight = open()
  expect(await now(weight, false)).toBe('0')
  time.advance(9_999)
  expect(await now(weight, false)).toBe('0')
  time.advance(1)
  await until('the bad news', async () => (await says()) === '-80')
})

test('one that has found its tunnels tells at once when they end', async () => {
  await writeFile(file(), '0\n')
  const weight = open()
  expect(await now(weight, false)).toBe('0')
  expect(await now(weight, true)).toBe('0')
  expect(await now(weight, false)).toBe('-80')
})

test('closed, it says nothing any more', async () => {
  const weight = open()
  await now(weight, false)
  await now(weight, true)
  weight.close()
  time.advance(60_000)
  expect([await says(), time.pending()]).toEqual(['-80', 0])
})
