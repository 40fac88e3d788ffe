import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../support/process.ts'
import { packages, sources } from './imports.ts'

const lines = new Map(
  readdirSync(packages)
    .flatMap((name) => sources(join(packages, name, 'src')))
    .filter((file) => !file.includes('/generated/'))
    .map((file) => [relative(root, file), readFileSync(file, 'utf8').split('\n').length - 1] as const),
)

test('no source that is written by hand is longer than 300 lines', () => {
  expect([...lines].filter(([, count]) => count > 300)).toEqual([])
})

test('half of the sources are shorter than 70 lines', () => {
  const sorted = [...lines.values()].sort((a, b) => a - b)
  expect(sorted.length).toBeGreaterThan(500)
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(70)
})
