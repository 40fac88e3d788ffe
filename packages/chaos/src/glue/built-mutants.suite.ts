import { expect, test } from 'vitest'
import { buildBefore, patience } from '../built.suite.ts'
import type { CorpusEntry } from '../corpus.ts'
import { seedOf } from '../random.ts'
import { inScratchFolder } from '../scratch-folder.ts'
import type { GlueMutant } from './mutants.suite.ts'
import { type Caught, runMutated } from './mutated.suite.ts'

const seed = 20261128
/** Each has to be caught within so many schedules. */
const most = Number(process.env['OPENSAG_GLUE_MUTANT_SCHEDULES'] ?? 600)
/** One that does not end counts as caught, but not one that is only slow. */
const endlessMs = 50 * 60_000

export interface BuiltMutants {
  readonly of: 'glue' | 'nodes'
  readonly mutants: readonly GlueMutant[]
  readonly corpus: readonly CorpusEntry[]
}

/** Shows that the simulation of the real code would see each of these mistakes, and sees none where there is none. */
export function proveByBuiltMutants({ of, mutants, corpus }: BuiltMutants): void {
  buildBefore()

  const known = mutants.filter(({ survives }) => survives === undefined)

  test.each(known.map((mutant) => [mutant.name, mutant] as const))(
    'caught: one that %s',
    { timeout: patience },
    async (_, mutant) => {
      const caught = await attempt(mutant)
      console.log(`${mutant.name}: schedule ${caught?.index}, seed ${caught?.seed}: ${caught?.message}`)
      expect(caught).toBeDefined()
    },
  )

  test('not caught: the one that is not broken, by what catches the others', { timeout: patience }, async () => {
    const seeds = known.flatMap((mutant) => mutant.seed ?? [])
    const schedules = corpus.map(({ events }) => events)
    expect(await run(undefined, schedules, seeds)).toBeUndefined()
  })

  // Whoever finds one of them caught has made a better world, and says so there.
  if (process.env['OPENSAG_GLUE_SURVIVORS'] === '1') {
    const others = mutants.filter((mutant) => !known.includes(mutant))
    test.each(others.map((mutant) => [mutant.name, mutant] as const))(
      'survives: one that %s',
      { timeout: patience },
      async (_, mutant) => {
        expect(await attempt(mutant)).toBeUndefined()
      },
    )
  }

  function attempt(mutant: GlueMutant): Promise<Caught | undefined> {
    const fresh = Array.from({ length: most }, (_, index) => seedOf(seed, index))
    const schedules = corpus.filter(({ name }) => name === mutant.corpus).map(({ events }) => events)
    return run(mutant, schedules, [...(mutant.seed === undefined ? [] : [mutant.seed]), ...fresh])
  }

  function run(
    mutant: GlueMutant | undefined,
    schedules: readonly (readonly string[])[],
    seeds: readonly number[],
  ): Promise<Caught | undefined> {
    return inScratchFolder((folder) => runMutated({ of, mutant, schedules, seeds, folder, patienceMs: endlessMs }))
  }
}
