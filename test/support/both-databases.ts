import { join, relative, resolve } from 'node:path'
import { fileMeant, importsOf } from '../project/imports.ts'
import { sourcesOfTests } from '../project/sources.ts'
import { root } from './process.ts'

/** What opens a store on the database of the run. */
const helper = join(root, 'packages/server/src/store/testing/database.suite.ts')

/** What `npm test` runs on PostgreSQL too, within its time; with `OPENSAG_BOTH_DATABASES=1` all that can. */
const usualPart = /^(test\/errors\/rows|packages\/server\/src\/apis\/smartag\/(device-access|client-users|instances)\/)/

/** The test files that this run repeats on PostgreSQL. */
export function filesOnPostgres(environment: NodeJS.ProcessEnv = process.env): readonly string[] {
  const all = filesOnBothDatabases()
  return environment['OPENSAG_BOTH_DATABASES'] === '1' ? all : all.filter((file) => usualPart.test(file))
}

/**
 * The test files that can run on both databases, from the root: those that open stores through the helper, which they import
 * themselves or through other files. Nothing else makes a file one of them, and nothing keeps one out.
 */
export function filesOnBothDatabases(): readonly string[] {
  const importers = new Map<string, string[]>()
  for (const found of sourcesOfTests().flatMap(importsOf)) {
    const target = found.typeOnly ? undefined : fileMeant(found)
    if (target !== undefined) importers.set(target, [...(importers.get(target) ?? []), resolve(root, found.file)])
  }
  const reaching = new Set([helper])
  // A set is walked through to what is added meanwhile.
  for (const file of reaching) for (const importer of importers.get(file) ?? []) reaching.add(importer)
  const tests = [...reaching].filter((file) => file.endsWith('.test.ts'))
  return tests.map((file) => relative(root, file)).sort()
}
