import { expect, test } from 'vitest'
import { mutants } from './password/mutants.suite.ts'
import { createPasswordSubject, passwordSubject } from './password/run.ts'
import { seedOf } from './random.ts'
import { replay } from './replay.ts'

test('the same seed gives the same events', () => {
  for (let index = 0; index < 200; index++) {
    const seed = seedOf(1, index)
    expect(passwordSubject.runSeed(seed).events).toEqual(passwordSubject.runSeed(seed).events)
  }
})

test('the events of a schedule, run again, are the same schedule', () => {
  for (let index = 0; index < 200; index++) {
    const { events } = passwordSubject.runSeed(seedOf(2, index))
    expect(passwordSubject.runEvents(events)).toEqual({ events, violation: undefined })
  }
})

test('a schedule that keeps every promise has no replay', async () => {
  expect(await replay(passwordSubject, seedOf(3, 0))).toBeUndefined()
})

test('one that breaks a promise becomes a few events, told one by one with what was durable', async () => {
  const mutant = mutants.find(({ name }) => name === 'decides for success when the deadline passes')
  if (mutant === undefined) throw new Error('There is no such mutant.')
  const subject = createPasswordSubject(mutant.machines)
  let seed = 0
  while (subject.runSeed(seed).violation === undefined) seed++
  const again = await replay(subject, seed)
  expect(again?.violation).toMatch(/^S[12] broken: /)
  expect(again?.needed.length).toBeLessThan(30)
  expect(again?.trace.some((line) => line.startsWith('deadline passes'))).toBe(true)
  expect(again?.trace.some((line) => line.includes('journal: change'))).toBe(true)
})
