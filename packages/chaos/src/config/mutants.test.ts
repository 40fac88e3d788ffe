import { expect, test } from 'vitest'
import { seedOf } from '../random.ts'
import { configMutants } from './mutants.suite.ts'
import { configSubject, createConfigSubject } from './run.ts'

const seed = 20261201
/** Each has to be caught within so many schedules. */
const most = 20_000

test.each(configMutants.map((mutant) => [mutant.name, mutant] as const))('caught: one that %s', (_, mutant) => {
  const subject = createConfigSubject(mutant.machines)
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
    expect(configSubject.runSeed(seedOf(seed, index)).violation).toBeUndefined()
})
