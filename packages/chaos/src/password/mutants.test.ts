import { expect, test } from 'vitest'
import { seedOf } from '../random.ts'
import { mutants } from './mutants.suite.ts'
import { createPasswordSubject, passwordSubject } from './run.ts'

const seed = 20261201
/** Each has to be caught within so many schedules. */
const most = 20_000

test.each(mutants.map((mutant) => [mutant.name, mutant] as const))('caught: a protocol that %s', (_, mutant) => {
  const subject = createPasswordSubject(mutant.machines)
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
  for (let index = 0; index < most / 4; index++)
    expect(passwordSubject.runSeed(seedOf(seed, index)).violation).toBeUndefined()
})
