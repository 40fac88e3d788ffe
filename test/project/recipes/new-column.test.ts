import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../support/process.ts'

// CONTRIBUTING.md, "Recipes": a new column that Describe and the console show. `city` is such a column; these are the files
// that somebody who adds the next one has to touch.

/** Written by hand, and no test. */
function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory())
      return ['node_modules', 'dist', 'testing', 'generated'].includes(entry.name) ? [] : sources(path)
    return /\.(ts|svelte)$/.test(entry.name) && !/\.(test|suite|generated|texts)\.ts$/.test(entry.name) ? [path] : []
  })
}

function withoutComments(file: string): string {
  return readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
}

/** Its name in SQL or in the rules, or its field on the wire; not the word in a text. */
const namesTheColumn = /\bcity\b|\bCity\??:|\.City\b/

test('a column that Describe and the console show is named in five files at most', () => {
  const naming = sources(join(root, 'packages')).filter((file) => namesTheColumn.test(withoutComments(file)))
  const files = naming.map((file) => relative(root, file)).sort()
  // The pattern finds what it is for.
  expect(files).toContain('packages/console/src/screens/instance/stored-facts.ts')
  expect(files).toContain('packages/server/src/apis/smartag/instance-view.ts')
  expect(files).toContain('packages/server/src/columns/instance.ts')
  expect(files.length, files.join('\n')).toBeLessThanOrEqual(5)
})
