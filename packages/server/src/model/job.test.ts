import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type JobFacts, stepOf, totalsOf, type WaveCounts } from './job.ts'

const minute = 60_000
const count = fc.integer({ min: 0, max: 5 })
const wave = fc.tuple(count, count, count, count, count, count)
const waves = fc.array(wave, { minLength: 1, maxLength: 5 })
const facts = fc.record({
  state: fc.constantFrom('Waiting', 'Running', 'Paused'),
  ending: fc.constantFrom(undefined, 'Stopped', 'Failed'),
  startAt: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
  window: fc.constant(undefined),
  mostFailures: count,
}) as fc.Arbitrary<JobFacts>

describe('how a job goes on', () => {
  const step = (job: JobFacts, counts: readonly WaveCounts[], now = 50) => stepOf(job, counts, now)

  test('no wave begins while anything of one before it is to do or running', () => {
    fc.assert(
      fc.property(facts, waves, (job, counts) => {
        const { begins } = step(job, counts)
        if (begins === undefined) return
        expect(counts[begins]?.[0]).toBeGreaterThan(0)
        for (const [toDo, running] of counts.slice(0, begins)) expect([toDo, running]).toEqual([0, 0])
      }),
    )
  })

  test('nothing begins of a job that is paused, ends, has not started, or has failed too often', () => {
    fc.assert(
      fc.property(facts, waves, (job, counts) => {
        const [, , , failed, unknown] = totalsOf(counts)
        const { state, begins } = step(job, counts)
        const isBarred =
          job.state === 'Paused' ||
          job.ending !== undefined ||
          (job.startAt ?? 0) > 50 ||
          failed + unknown > job.mostFailures
        if (isBarred) expect(begins).toBeUndefined()
        if (begins !== undefined) expect(state).toBe('Running')
      }),
    )
  })

  test('it ends exactly when nothing runs and nothing is to do, or to be skipped', () => {
    fc.assert(
      fc.property(facts, waves, (job, counts) => {
        const [toDo, running, , failed, unknown] = totalsOf(counts)
        const { state, ending, skipsRest } = step(job, counts)
        const isOver = ['Done', 'Stopped', 'Failed'].includes(state)
        expect(isOver).toBe(running === 0 && (toDo === 0 || ending !== undefined))
        expect(skipsRest).toBe(toDo > 0 && ending !== undefined)
        if (state === 'Done') expect(failed + unknown).toBeLessThanOrEqual(job.mostFailures)
        if (job.ending !== undefined) expect(ending).toBe(job.ending)
      }),
    )
  })

  test('a job that nothing stands in the way of always begins something, waits for what runs, or is done', () => {
    fc.assert(
      fc.property(waves, (counts) => {
        const job: JobFacts = {
          state: 'Waiting',
          ending: undefined,
          startAt: undefined,
          window: undefined,
          mostFailures: 1000,
        }
        const { state, begins } = step(job, counts)
        const [, running] = totalsOf(counts)
        expect(begins !== undefined || running > 0 || state === 'Done').toBe(true)
      }),
    )
  })

  test('outside of its window it waits, and what runs is waited for first', () => {
    const job: JobFacts = {
      state: 'Running',
      ending: undefined,
      startAt: undefined,
      window: { from: 120, to: 300, offset: 0 },
      mostFailures: 0,
    }
    expect(stepOf(job, [[1, 1, 0, 0, 0, 0]], 300 * minute)).toMatchObject({ state: 'Running', begins: undefined })
    expect(stepOf(job, [[1, 0, 1, 0, 0, 0]], 300 * minute)).toMatchObject({ state: 'Waiting', begins: undefined })
    expect(stepOf(job, [[1, 0, 1, 0, 0, 0]], 299 * minute)).toMatchObject({ state: 'Running', begins: 0 })
  })
})
