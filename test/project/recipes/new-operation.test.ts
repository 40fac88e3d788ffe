import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { limit } from '../../support/time.ts'
import { type Copy, copyOfTheTree, follow, type Step, stepsOf } from './recipe.ts'

/** What must know the operation once the recipe was followed. */
const derived = 'test/project/recipes/new-operation.derived.test.ts'
const registryWide = ['packages/server/src/apis/registry.test.ts', 'test/facts/platform.test.ts']

let steps: readonly Step[]
let copy: Copy
beforeAll(async () => {
  steps = await stepsOf('A new operation')
  copy = await copyOfTheTree()
}, limit(60_000))
afterAll(() => copy?.remove())

test('the recipe touches three files', () => {
  expect(steps.map(({ file }) => file)).toEqual([
    'packages/server/src/apis/opensag/count-instances.ts',
    'packages/server/src/apis/opensag/operations.ts',
    'packages/server/src/apis/opensag/count-instances.test.ts',
  ])
})

test('an operation that follows the recipe is tested, documented and answered', {
  timeout: limit(300_000),
}, async () => {
  for (const step of steps) await follow(copy, step)
  const suite = derived.replace('.derived.test.ts', '.suite.ts')
  await copyFile(join(copy.folder, suite), join(copy.folder, derived))
  const own = steps.map(({ file }) => file).filter((file) => file.endsWith('.test.ts'))
  const { code, printed } = await copy.test(...own, derived, ...registryWide)
  expect(code, printed).toBe(0)
})
