import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type StepChecksum, stepChecksums } from './checksums.ts'

interface Release {
  readonly version: string
  /** The steps it added, in order. */
  readonly steps: Readonly<Record<string, StepChecksum>>
}

const file = join(import.meta.dirname, 'released.json')
const releases = JSON.parse(readFileSync(file, 'utf8')) as readonly Release[]
const released = releases.flatMap(({ steps }) => Object.entries(steps))

test('every released step is still there, in its place, and runs the same statements on both databases', async () => {
  const now = Object.entries(await stepChecksums())
  expect(released.length).toBeGreaterThan(0)
  // A difference means that a released step was edited, renamed, reordered or removed: undo that and add a new step.
  expect(now.slice(0, released.length)).toEqual(released)
})

test('each step has a number, and a new step has a name after all others: databases keep steps in the order of names', async () => {
  const names = Object.keys(await stepChecksums())
  for (const name of names) expect(name).toMatch(/^\d{3}-[a-z0-9-]+$/)
  expect(names).toEqual([...new Set(names)].sort())
})
