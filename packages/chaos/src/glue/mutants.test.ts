import { expect, test } from 'vitest'
import { folders } from '../../../../test/mutation/folders.ts'
import { survivors } from '../../../../test/mutation/survivors.ts'
import { proveByBuiltMutants } from './built-mutants.suite.ts'
import { glueCorpus } from './corpus.ts'
import { glueMutants } from './mutants.suite.ts'

proveByBuiltMutants({ of: 'glue', mutants: glueMutants, corpus: glueCorpus })

test('every mistake that survives here is one that directed tests catch', () => {
  const caughtElsewhere = new Set(folders.flatMap(({ mutants }) => mutants.map(({ id }) => id)))
  for (const id of Object.keys(survivors)) caughtElsewhere.delete(id)
  const others = glueMutants.filter(({ survives }) => survives !== undefined)
  expect(others.filter(({ instead }) => instead === undefined || !caughtElsewhere.has(instead))).toEqual([])
})
