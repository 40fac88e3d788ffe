import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../support/process.ts'
import { sourcesOfTests } from './sources.ts'

test('every package that a skipped test names is one that the test command installs', () => {
  const list = readFileSync(join(root, 'scripts/support/system-packages.js'), 'utf8')
  const installed = new Set([...list.matchAll(/ package: '([^']+)'/g)].map(([, name]) => name))
  const named = sourcesOfTests().flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/apt-get install -y ((?:[a-z0-9][a-z0-9+.-]+ ?)+)/g)].flatMap(([, names]) =>
      (names ?? '').trim().split(' '),
    ),
  )
  expect(new Set(named).size).toBeGreaterThan(5)
  expect(named.filter((name) => !installed.has(name))).toEqual([])
})
