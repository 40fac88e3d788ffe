import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { testRegistry } from '../testing/registry.suite.ts'
import { families } from './families.ts'
import { smartag } from './registry.ts'

const here = import.meta.dirname

testRegistry({
  api: smartag,
  folder: here,
  resource: /^(\*|(smartag|ccn|acl|qos|flowlog|enterprisecode|probetask)\/(\*|\{\w+\}))$/,
})

test('there is no folder that is no family', () => {
  const folders = readdirSync(here, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== 'testing',
  )
  expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(families).sort())
})
