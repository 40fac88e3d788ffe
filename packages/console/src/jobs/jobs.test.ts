import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FleetRow } from '../fleet/row.ts'
import { reasonAgainst } from './candidates.ts'
import {
  cellsOf,
  failuresLeft,
  itemStates,
  type JobRow,
  phaseOf,
  phaseOfWave,
  scheduleParams,
  unfinishedFirst,
  type WaveCounts,
} from './jobs.ts'

const wave = (counts: Partial<WaveCounts>): WaveCounts => ({
  Done: 0,
  Failed: 0,
  Unknown: 0,
  Skipped: 0,
  Running: 0,
  ToDo: 0,
  ...counts,
})

test('cells stand for every gateway of a wave, are few, and never mix two states', () => {
  const counts = fc.record(
    Object.fromEntries(itemStates.map((state) => [state, fc.nat(700)])),
  ) as fc.Arbitrary<WaveCounts>
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 60 }), (counted, most) => {
      const cells = cellsOf(counted, most)
      // Each state may have one cell that is not full.
      expect(cells.length).toBeLessThanOrEqual(most + itemStates.length)
      for (const state of itemStates) {
        const sum = cells.filter((cell) => cell.state === state).reduce((all, { count }) => all + count, 0)
        expect(sum).toBe(counted[state])
      }
    }),
  )
  expect(cellsOf(wave({ Done: 2, ToDo: 1 }), 60).map(({ state }) => state)).toEqual(['Done', 'Done', 'ToDo'])
})

test.each([
  [wave({ ToDo: 3 }), false, 'ToDo'],
  [wave({ ToDo: 2, Running: 1 }), false, 'Running'],
  [wave({ ToDo: 2, Done: 1 }), false, 'Running'],
  [wave({ Done: 2, Failed: 1 }), false, 'Failed'],
  [wave({ Done: 2, Unknown: 1 }), true, 'Failed'],
  [wave({ Done: 2, Skipped: 1 }), true, 'Done'],
  [wave({ Skipped: 3 }), true, 'Skipped'],
] as const)('%j is shown as it stands', (counts, isOver, phase) => {
  expect(phaseOfWave(counts, isOver)).toBe(phase)
})

test('jobs that go on come before those that have ended', () => {
  const job = (JobId: string, State: JobRow['State'], CreateTime: number): JobRow =>
    ({ JobId, State, CreateTime }) as JobRow
  const jobs = [job('done', 'Done', 9), job('old', 'Running', 1), job('waits', 'Waiting', 8), job('new', 'Running', 2)]
  expect(unfinishedFirst(jobs).map(({ JobId }) => JobId)).toEqual(['new', 'old', 'waits', 'done'])
})

test('a job that ends is not shown as running', () => {
  expect(phaseOf({ State: 'Running', Ending: 'Stopped' })).toBe('Ending')
  expect(phaseOf({ State: 'Stopped', Ending: 'Stopped', EndTime: 1 })).toBe('Stopped')
  expect(failuresLeft({ MostFailures: 2, Failed: 1, Unknown: 1 } as JobRow)).toBe(0)
})

test('a gateway that nothing can be done to is not in the job', () => {
  const row = { InstanceType: 'hardware', OnlineCount: 1, DeviceCount: 1, LockedCount: 0, Status: 'Active' } as FleetRow
  expect(reasonAgainst('Restart', undefined)).toBe('unseen')
  expect(reasonAgainst('Restart', { ...row, InstanceType: 'app' })).toBe('app')
  expect(reasonAgainst('Restart', { ...row, OnlineCount: 0 })).toBe('offline')
  expect(reasonAgainst('Restart', { ...row, SynStatus: 'Synchronized' })).toBeUndefined()
  expect(reasonAgainst('Tag', undefined)).toBe('unseen')
  expect(reasonAgainst('Tag', { ...row, InstanceType: 'app' })).toBeUndefined()
  expect(reasonAgainst('AddToNetwork', { ...row, OnlineCount: 0 })).toBeUndefined()
  expect(reasonAgainst('Synchronize', { ...row, SynStatus: 'Synchronized' })).toBe('same')
  expect(reasonAgainst('Synchronize', { ...row, SynStatus: 'Unsynchronized' })).toBeUndefined()
})

test('a schedule is told in the terms of the API', () => {
  const schedule = { start: 'later', at: '2026-12-01T20:00', from: '02:00', to: '05:00' } as const
  expect(scheduleParams(schedule, 480)).toEqual({ StartAt: '2026-12-01T12:00:00Z' })
  expect(scheduleParams({ ...schedule, at: '' }, 480)).toBeUndefined()
  expect(scheduleParams({ ...schedule, start: 'now' }, 480)).toEqual({})
  const window = { WindowStart: '02:00', WindowEnd: '05:00', UtcOffset: '-03:30' }
  expect(scheduleParams({ ...schedule, start: 'window' }, -210)).toEqual(window)
  expect(scheduleParams({ ...schedule, start: 'window', to: '02:00' }, 0)).toBeUndefined()
})
