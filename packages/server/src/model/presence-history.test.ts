import { expect, test } from 'vitest'
import { type PresenceEvent, presencePeriods, withPresent } from './presence-history.ts'

const came = (at: number, detail = ''): PresenceEvent => ({ kind: 'DeviceOnline', at, detail })
const went = (at: number, detail = 'why'): PresenceEvent => ({ kind: 'DeviceOffline', at, detail })
const window = { from: 100, to: 200 }
const periods = (events: readonly PresenceEvent[], lockedSince?: number) =>
  presencePeriods([...events].reverse(), { lockedSince }, window)

test('periods follow one another to now, and the one before the window is cut at its begin', () => {
  expect(periods([came(50), went(150), came(170)])).toEqual([
    { from: 100, to: 150, state: 'Online' },
    { from: 150, to: 170, state: 'Offline', ending: 'why' },
    { from: 170, to: undefined, state: 'Online' },
  ])
})

test('what lies before the first event is not known', () => {
  expect(periods([came(150)])).toEqual([{ from: 150, to: undefined, state: 'Online' }])
  expect(periods([])).toEqual([])
})

test('what ended before the window is not told', () => {
  expect(periods([came(10), went(20), came(100)])).toEqual([{ from: 100, to: undefined, state: 'Online' }])
})

test('one that is locked is not online, and of one that was nobody knows until when', () => {
  expect(periods([came(150, 'locked')], 150)).toEqual([{ from: 150, to: undefined, state: 'Offline' }])
  expect(periods([came(150, 'locked'), went(160)])).toEqual([
    { from: 160, to: undefined, state: 'Offline', ending: 'why' },
  ])
})

test('a clock that was put back makes no period of less than nothing', () => {
  expect(periods([came(120), went(180), came(150)])).toEqual([
    { from: 120, to: 150, state: 'Online' },
    { from: 150, to: undefined, state: 'Online' },
  ])
})

const bound = { connected: true, lockedSince: undefined, connectedAt: 120, lastSeenAt: 130, boundAt: 150 }

test('one that had come, or gone, before it was bound is known since it is', () => {
  expect(withPresent([], bound)).toEqual([came(150)])
  expect(withPresent([], { ...bound, boundAt: 110 })).toEqual([came(120)])
  expect(withPresent([], { ...bound, connected: false })).toEqual([went(150, '')])
  expect(withPresent([], { ...bound, connected: false, connectedAt: undefined })).toEqual([])
})

test('where there are events they say it', () => {
  expect(withPresent([went(160)], bound)).toEqual([went(160)])
})
