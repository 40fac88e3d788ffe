import { expect, test } from 'vitest'
import { corpusNamed } from './corpus.ts'
import { nearSubject } from './neighbours.ts'
import { seedOf } from './random.ts'
import type { Subject } from './subject.ts'

/** One rule broken on purpose. */
interface Mutant<M> {
  readonly name: string
  readonly machines: M
  /** The promises it can be caught breaking. */
  readonly breaks: readonly string[]
  /** The entry of the corpus near which it is caught; absent: fresh schedules catch it. */
  readonly corpus?: string
}

const seed = 20261201
/** Each has to be caught within so many schedules. */
const most = 20_000

/** Shows that the simulation would see a mistake: it sees every one of these, and none where there is none. */
export function proveByMutation<M>(
  mutants: readonly Mutant<M>[],
  broken: (machines: M) => Subject,
  sound: Pick<Subject, 'runSeed'>,
): void {
  test.each(mutants.map((mutant) => [mutant.name, mutant] as const))('caught: one that %s', (_, mutant) => {
    const subject = near(broken(mutant.machines), mutant.corpus)
    for (let index = 0; index < most; index++) {
      const one = seedOf(seed, index)
      const { violation } = subject.runSeed(one)
      if (violation === undefined) continue
      console.log(`${mutant.name}: schedule ${index + 1}, seed ${one}: ${violation.message}`)
      expect(mutant.breaks).toContain(violation.promise)
      return
    }
    throw new Error(`Not caught in ${most} schedules.`)
  })

  test('not caught: the one that is not broken, in the same schedules', () => {
    for (let index = 0; index < most / 4; index++) expect(sound.runSeed(seedOf(seed, index)).violation).toBeUndefined()
  })
}

function near(subject: Subject, name: string | undefined): Subject {
  if (name === undefined) return subject
  const entry = corpusNamed(name)
  if (entry === undefined) throw new Error(`The corpus has no ${name}.`)
  return nearSubject(name, subject, entry.events)
}
