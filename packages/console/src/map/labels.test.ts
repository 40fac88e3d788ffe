import { expect, test } from 'vitest'
import { labelsOf } from './labels.ts'
import type { Cluster, Lens } from './lenses.ts'

const mark = (x: number, y: number, trouble = 1): Cluster => ({ x, y, trouble, pins: [], tone: 'bad' })
const lens = (...clusters: Cluster[]): Lens => ({
  ...{ part: 'china', left: 0, top: 0, width: 400, height: 300, count: 0, trouble: 0, clusters },
})
const size = { width: 400, height: 300 }
const sides = (...clusters: Cluster[]): readonly unknown[] => {
  const labels = labelsOf(lens(...clusters), size, () => 'Ningbo Offline')
  return clusters.map((cluster) => labels.get(cluster))
}

test('a label stands on the side where there is more room', () => {
  expect(sides(mark(40, 40), mark(360, 200))).toEqual(['right', 'left'])
})

test('a label goes to the other side of its mark rather than over another mark', () => {
  expect(sides(mark(150, 100), mark(210, 105, 0))).toEqual(['left', undefined])
})

test('a label that would cover another one is left out, and the first stays', () => {
  expect(sides(mark(150, 100), mark(150, 120), mark(150, 110))).toEqual(['right', 'left', undefined])
})

test('no label is cut at the edge, and what is well has none', () => {
  expect(sides(mark(20, 4), mark(60, 200, 0))).toEqual([undefined, undefined])
})

test('a label between two marks stands below its own, or above where no room is below', () => {
  const row = (y: number) => sides(mark(100, y, 0), mark(200, y), mark(300, y, 0))[1]
  expect([row(100), row(280)]).toEqual(['below', 'above'])
})

test('nothing is labelled before the size of the map is known', () => {
  expect(labelsOf(lens(mark(60, 100)), { width: 0, height: 0 }, () => 'x').size).toBe(0)
})
