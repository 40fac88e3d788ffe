import { execFile } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { folders } from '../../../../test/mutation/folders.ts'
import { survivors } from '../../../../test/mutation/survivors.ts'
import { limit } from '../../../../test/support/time.ts'
import { seedOf } from '../random.ts'
import { inScratchFolder } from '../scratch-folder.ts'
import { glueCorpus } from './corpus.ts'
import { type GlueMutant, glueMutants } from './mutants.suite.ts'
import { type Caught, runMutated } from './mutated.suite.ts'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..')
const seed = 20261128
/** Each has to be caught within so many schedules. */
const most = Number(process.env['OPENSAG_GLUE_MUTANT_SCHEDULES'] ?? 600)
const patience = limit(60 * 60_000)
/** One that does not end counts as caught, but not one that is only slow. */
const endlessMs = 50 * 60_000

beforeAll(async () => {
  // What is changed is the build: on the oldest Node threads cannot read the sources.
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  await promisify(execFile)(process.execPath, [compiler, '-b', 'packages/chaos'], { cwd: root })
}, patience)

const known = glueMutants.filter(({ survives }) => survives === undefined)

test.each(known.map((mutant) => [mutant.name, mutant] as const))(
  'caught: one that %s',
  { timeout: patience },
  async (_, mutant) => {
    const caught = await attempt(mutant, most)
    console.log(`${mutant.name}: schedule ${caught?.index}, seed ${caught?.seed}: ${caught?.message}`)
    expect(caught).toBeDefined()
  },
)

test('not caught: the one that is not broken, by what catches the others', { timeout: patience }, async () => {
  const seeds = known.flatMap((mutant) => mutant.seed ?? [])
  const schedules = glueCorpus.map(({ events }) => events)
  expect(await run(undefined, schedules, seeds)).toBeUndefined()
})

const others = glueMutants.filter((mutant) => !known.includes(mutant))

test('every mistake that survives here is one that directed tests catch', () => {
  const caughtElsewhere = new Set(folders.flatMap(({ mutants }) => mutants.map(({ id }) => id)))
  for (const id of Object.keys(survivors)) caughtElsewhere.delete(id)
  expect(others.filter(({ instead }) => instead === undefined || !caughtElsewhere.has(instead))).toEqual([])
})

// Whoever finds one of them caught has made a better world, and says so there.
if (process.env['OPENSAG_GLUE_SURVIVORS'] === '1') {
  test.each(others.map((mutant) => [mutant.name, mutant] as const))(
    'survives: one that %s',
    { timeout: patience },
    async (_, mutant) => {
      expect(await attempt(mutant, most)).toBeUndefined()
    },
  )
}

function attempt(mutant: GlueMutant, count: number): Promise<Caught | undefined> {
  const fresh = Array.from({ length: count }, (_, index) => seedOf(seed, index))
  const schedules = glueCorpus.filter(({ name }) => name === mutant.corpus).map(({ events }) => events)
  return run(mutant, schedules, [...(mutant.seed === undefined ? [] : [mutant.seed]), ...fresh])
}

function run(
  mutant: GlueMutant | undefined,
  schedules: readonly (readonly string[])[],
  seeds: readonly number[],
): Promise<Caught | undefined> {
  return inScratchFolder((folder) => runMutated({ mutant, schedules, seeds, folder, patienceMs: endlessMs }))
}
