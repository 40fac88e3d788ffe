import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { corpus, glueEntries, nodesEntries } from '@opensag/chaos'
import { expect, test } from 'vitest'
import { root } from '../support/process.ts'

const text = readFileSync(join(root, 'docs/faults-found.md'), 'utf8')
const rows = text.split('\n').filter((line) => line.startsWith('| ') && !/^\| (what broke|---)/.test(line))

test('every fault in the record names the command that shows it', () => {
  expect(rows.length).toBeGreaterThan(5)
  const without = rows.filter((row) => !/`(npx vitest run|opensag simulate --chaos --replay) |\| the same \|/.test(row))
  expect(without).toEqual([])
})

test('every test that the record names is there', () => {
  const named = [...text.matchAll(/npx vitest run ([\w./-]+)`/g)].map(([, file = '']) => file)
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([])
})

test('every schedule that the record names is in the corpus', () => {
  const named = [...text.matchAll(/--replay ([a-z][a-z-]+)`/g)].map(([, name = '']) => name)
  expect(named.length).toBeGreaterThan(2)
  const known = [...corpus.map(({ name }) => name), ...glueEntries, ...nodesEntries]
  expect(named.filter((name) => !known.includes(name))).toEqual([])
})
