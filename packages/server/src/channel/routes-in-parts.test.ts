import type { WireRoute } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { RoutesInParts } from './routes-in-parts.ts'

const route = (to: string): WireRoute => ({ to, source: 'STATIC', distance: 1, metric: 0, isDistributed: true })
const [one, other, third] = [route('10.1.0.0/16'), route('10.2.0.0/16'), route('10.3.0.0/16')]
const nothing = new RoutesInParts()

test('the routes of all parts are there with the last part, and are not kept after it', () => {
  const parts = new RoutesInParts()
  expect(parts.with({ part: 0, of: 3, routes: [one] })).toBeUndefined()
  expect(parts.with({ part: 1, of: 3, routes: [other] })).toBeUndefined()
  expect(parts.with({ part: 2, of: 3, routes: [third] })).toEqual([one, other, third])
  expect(parts).toEqual(nothing)
})

test('a first part begins again', () => {
  const parts = new RoutesInParts()
  parts.with({ part: 0, of: 2, routes: [one] })
  expect(parts.with({ part: 0, of: 1, routes: [other] })).toEqual([other])
  expect(parts.with({ part: 1, of: 2, routes: [third] })).toBeUndefined()
})

test('parts behind the last one are refused and not kept', () => {
  const parts = new RoutesInParts()
  expect(parts.with({ part: 0, of: 1, routes: [one] })).toEqual([one])
  for (const part of [1, 2, 3]) {
    expect(parts.with({ part, of: 1, routes: [other] })).toBeUndefined()
    expect(parts).toEqual(nothing)
  }
})

test('a part that was not the next ends what had begun', () => {
  for (const part of [1, 3, 4, 5]) {
    const parts = new RoutesInParts()
    parts.with({ part: 0, of: 4, routes: [one] })
    parts.with({ part: 1, of: 4, routes: [other] })
    expect(parts.with({ part, of: 4, routes: [third] })).toBeUndefined()
    expect(parts).toEqual(nothing)
  }
})
