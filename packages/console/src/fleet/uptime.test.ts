import { expect, test } from 'vitest'
import { type Period, percentText, uptimeOf } from './uptime.ts'

const iso = (ms: number): string => new Date(ms).toISOString()
const online = (from: number, to?: number): Period => ({
  From: iso(from),
  State: 'Online',
  ...(to === undefined ? {} : { To: iso(to) }),
})
const offline = (from: number, to?: number): Period => ({ ...online(from, to), State: 'Offline' })
const scale = { now: 1050, stepMs: 100, count: 4 }
const states = (periods: readonly Period[]) => uptimeOf(periods, scale).steps.map(({ state }) => state)

test('the last step is the one that now is in, and steps lie at multiples of their length', () => {
  expect(uptimeOf([], scale).steps.map(({ from, to }) => [from, to])).toEqual([
    [700, 800],
    [800, 900],
    [900, 1000],
    [1000, 1100],
  ])
})

test('the worst of a step is what it shows, however short it was', () => {
  expect(states([online(700, 850), offline(850, 851), online(851)])).toEqual(['Online', 'Offline', 'Online', 'Online'])
})

test('of what is not known nothing is shown, and it counts neither as up nor as down', () => {
  expect(states([online(900)])).toEqual(['unknown', 'unknown', 'Online', 'Online'])
  expect(uptimeOf([online(900)], scale)).toMatchObject({ percent: 100, knownSince: 900 })
  expect(uptimeOf([online(650)], scale).knownSince).toBeUndefined()
  expect(uptimeOf([], scale).percent).toBeUndefined()
})

test('outages are told exactly, the one that lasts without an end', () => {
  const { outages, percent } = uptimeOf([online(750, 800), offline(800, 860), online(860, 950), offline(950)], scale)
  expect(outages).toEqual([
    { from: 800, to: 860 },
    { from: 950, to: undefined },
  ])
  expect(percent).toBeCloseTo((100 * 140) / 300)
})

test('a period that touches a step from outside is not in it', () => {
  expect(states([offline(700, 800), online(800)])).toEqual(['Offline', 'Online', 'Online', 'Online'])
})

test('nothing is rounded up to whole', () => {
  expect([100, 99.999, 99.989, 0].map((percent) => percentText(percent, 'en-GB'))).toEqual([
    '100 %',
    '99.99 %',
    '99.98 %',
    '0 %',
  ])
})
