import { expect, test } from 'vitest'
import { type Facts, isOnline, standingOf } from './standing.ts'

const ordered: Facts = {
  ...{ status: 'Offline', createdAt: 1000, inNetwork: true, devices: [{ online: false, joined: false }] },
  ...{ events: [], configurations: [], tunnels: [] },
}
const synced = {
  ...{ SynStatus: 'Synchronized', DesiredRevision: 3, ReportedRevision: 3, ReportedAt: '2026-12-01T00:00:03Z' },
}
const connected: Facts = {
  ...ordered,
  devices: [{ online: true, joined: true }],
  events: [
    { Name: 'DeviceOnline', Time: '2026-12-01T00:00:02Z' },
    { Name: 'DeviceEnrolled', Time: '2026-12-01T00:00:01Z' },
  ],
  configurations: [{ ...synced, ReportedRevision: 2 }],
}
const states = (facts: Facts) => standingOf(facts).map(({ state }) => state)

test('just ordered, it waits for the box', () => {
  expect(states(ordered)).toEqual(['done', 'current', 'waiting', 'waiting', 'waiting', 'waiting'])
  expect(standingOf(ordered)[0]).toEqual({ name: 'ordered', state: 'done', at: 1000 })
})

test('connected, it waits for its settings; times are those of the events', () => {
  expect(states(connected)).toEqual(['done', 'done', 'done', 'current', 'waiting', 'waiting'])
  expect(
    standingOf(connected)
      .slice(1, 3)
      .map(({ at }) => at),
  ).toEqual([Date.parse('2026-12-01T00:00:01Z'), Date.parse('2026-12-01T00:00:02Z')])
})

test('with its settings it waits for its tunnel, and is online with it', () => {
  const waiting = { ...connected, configurations: [synced] }
  expect(states(waiting)).toEqual(['done', 'done', 'done', 'done', 'current', 'waiting'])
  const tunnels = [{ State: 'down' }, { State: 'up', Since: '2026-12-01T00:00:04Z' }]
  const whole = standingOf({ ...waiting, tunnels, status: 'Active' })
  expect(whole.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'done', 'done'])
  expect(whole[4]?.at).toBe(Date.parse('2026-12-01T00:00:04Z'))
  expect([isOnline(whole), isOnline(standingOf(waiting))]).toEqual([true, false])
})

test('one that carries no traffic goes without a tunnel', () => {
  const whole = { ...connected, configurations: [synced], status: 'Active' }
  expect(states(whole)).toEqual(['done', 'done', 'done', 'done', 'skipped', 'done'])
})

test('in no network it goes without a tunnel and is as far as it can be once it is connected', () => {
  const alone = { ...connected, inNetwork: false, status: 'Init', configurations: [synced] }
  expect(states(alone)).toEqual(['done', 'done', 'done', 'done', 'skipped', 'done'])
  expect(states({ ...ordered, inNetwork: false, status: 'Init' }).at(-1)).toBe('waiting')
})

test('settings that were given up are a failure, not a wait', () => {
  for (const Difference of ['Reverted', 'Failing']) {
    const failed = { ...connected, configurations: [{ SynStatus: 'Unsynchronized', Difference }] }
    expect(states(failed)[3]).toBe('failed')
  }
})

test('what may not be read is unknown, and holds nothing up', () => {
  const few = { ...connected, events: undefined, configurations: undefined, tunnels: undefined }
  expect(states(few)).toEqual(['done', 'done', 'done', 'unknown', 'unknown', 'current'])
  expect(standingOf(few)[1]?.at).toBeUndefined()
})

test('a key that was used is an enrolment, though nobody is connected now', () => {
  expect(states({ ...ordered, devices: [{ online: false, joined: true }] }).slice(0, 3)).toEqual([
    ...['done', 'done', 'current'],
  ])
})
