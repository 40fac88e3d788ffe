import type { Folder, Mutant } from '../mutant.ts'
import type { Result } from './outcome.ts'

export interface Score {
  readonly folder: string
  readonly caught: number
  readonly of: number
  /** The smallest share that is enough, 0 to 1. */
  readonly floor: number
}

export interface Verdict {
  readonly scores: readonly Score[]
  /** Why the gate fails; none when it passes. */
  readonly problems: readonly string[]
}

/** What the results of the mutants that ran mean. Listed survivors count as survived in the score of their folder. */
export function judge(
  folders: readonly Folder[],
  survivors: Readonly<Record<string, string>>,
  results: readonly Result[],
): Verdict {
  const byId = new Map(results.map((result) => [result.id, result]))
  const scores = folders.flatMap((folder) => scoreOf(folder, byId))
  const problems = results.flatMap((result) => problemOf(result, survivors[result.id]))
  // A part of a folder may be its worst part: the floor is for the whole of it.
  const low = scores.filter(({ folder, caught, of, floor }) => of === sizeOf(folders, folder) && caught < floor * of)
  return {
    scores,
    problems: [
      ...problems,
      ...low.map(({ folder, caught, of, floor }) => `${folder}: ${caught} of ${of} caught, less than ${floor * 100} %`),
    ],
  }
}

function problemOf({ id, outcome }: Result, reason: string | undefined): readonly string[] {
  if (outcome.is === 'void') return [`${id} says nothing: ${outcome.reason}`]
  if (outcome.is === 'survived') return reason === undefined ? [`${id} survived and is not listed in survivors.ts`] : []
  return reason === undefined ? [] : [`${id} is listed in survivors.ts and was caught by ${outcome.by}: strike it off`]
}

function scoreOf(folder: Folder, results: ReadonlyMap<string, Result>): readonly Score[] {
  const ran = folder.mutants.flatMap(({ id }) => results.get(id) ?? [])
  if (ran.length === 0) return []
  const caught = ran.filter(({ outcome }) => outcome.is === 'caught').length
  return [{ folder: folder.name, caught, of: ran.length, floor: folder.floor }]
}

function sizeOf(folders: readonly Folder[], name: string): number {
  return folders.find((folder) => folder.name === name)?.mutants.length ?? 0
}

/** The same mutants in an order that a seed decides, so that parts of different days are different parts. */
export function shuffled(mutants: readonly Mutant[], seed: number): readonly Mutant[] {
  let state = seed >>> 0
  // A linear congruential generator with Numerical Recipes' constants: enough to mix a list, and the same everywhere.
  function next(): number {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const keyed = mutants.map((mutant) => ({ mutant, key: next() }))
  return keyed.sort((a, b) => a.key - b.key).map(({ mutant }) => mutant)
}
