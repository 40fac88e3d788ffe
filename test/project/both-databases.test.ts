import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { filesOnBothDatabases } from '../support/both-databases.ts'
import { root } from '../support/process.ts'
import { sourcesOfTests } from './sources.ts'

const both = filesOnBothDatabases()
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')
const all = sourcesOfTests().map((file) => relative(root, file))

const usesItsFiles = 'it reads, copies or damages the files of the embedded store'
const hasBoth = 'it opens a store of each kind'

/** Files that open the embedded store whichever the database of the run is, by folder or file, and why. */
const onSqliteAlone: Readonly<Record<string, string>> = {
  'packages/server/src/store/sqlite/': 'the embedded store itself',
  'packages/server/src/store/testing/database.suite.ts': hasBoth,
  'packages/server/src/store/copy/': hasBoth,
  'test/store-copy/': hasBoth,
  'packages/server/src/open-channel.test.ts': 'nodes of a database that is copied into the embedded store',
  'packages/server/src/store/traced-store.test.ts': 'spans around a store, whichever it is',
  'packages/server/src/backup/': usesItsFiles,
  'packages/server/src/operator/backup.test.ts': usesItsFiles,
  'test/durability/': usesItsFiles,
  'test/upgrade/upgrade.test.ts': usesItsFiles,
  'test/cost/world.ts': 'what is compared is work of one process, without a disk or a network',
  'test/channel/stampede.test.ts':
    'what thousands of gateways cost the server; test/cluster has the same of several nodes',
  'test/console/large-fleet.test.ts': 'how long the console takes; the store is filled beforehand',
}

test('the files in which the server is called, and their property tests, run on both databases', () => {
  const parts = {
    'error rows': /^test\/errors\/rows/,
    operations: /^packages\/server\/src\/apis\/smartag\//,
    RAM: /^packages\/server\/src\/apis\/ram\//,
    STS: /^packages\/server\/src\/apis\/sts\//,
    audit: /^packages\/server\/src\/apis\/actiontrail\//,
    access: /^test\/access\//,
    channel: /^test\/channel\//,
    'remote access': /^test\/remote-access\//,
    rotation: /^test\/rotate\//,
    model: /^test\/model\/operations/,
    'commands of the operator': /^packages\/server\/src\/operator\//,
  }
  for (const [part, files] of Object.entries(parts))
    expect(
      both.filter((file) => files.test(file)),
      part,
    ).not.toEqual([])
  expect(both.length).toBeGreaterThan(230)
})

test('a file that opens the embedded store itself, and so runs on it alone, is listed with the reason', () => {
  const opening = all.filter((file) => /\bopenSqliteStore\b.*\bfrom '/.test(textOf(file)))
  const listed = Object.keys(onSqliteAlone)
  expect(opening.filter((file) => !listed.some((place) => file.startsWith(place)))).toEqual([])
  expect(listed.filter((place) => !opening.some((file) => file.startsWith(place)))).toEqual([])
})

test('every test file that opens a store through the helper, or a world of operations, runs on both', () => {
  const imports = /^import (?!type)[^;'"]*from '[^']*(?:store\/testing\/database|\/harness)\.suite\.ts'/m
  const using = all.filter((file) => file.endsWith('.test.ts') && imports.test(textOf(file)))
  expect(using.length).toBeGreaterThan(150)
  expect(using.filter((file) => !both.includes(file))).toEqual([])
})
