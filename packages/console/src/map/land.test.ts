import { expect, test } from 'vitest'
import { landPath } from '../../build/land.ts'
import { gridSize } from './mercator.ts'

test('no line of a coast runs across the map, at 180 degrees neither', () => {
  const steps = [...landPath().matchAll(/l(-?\d+) /g)].map(([, step]) => Math.abs(Number(step)))
  expect(steps.length).toBeGreaterThan(4000)
  expect(Math.max(...steps)).toBeLessThan(gridSize / 4)
})

test('land that goes on beyond 180 degrees is at both ends of the map', () => {
  const ends = landPath()
    .split('z')
    .map((ring) => {
      let x = 0
      return [...ring.matchAll(/[Ml](-?\d+) /g)].map(([, step]) => (x += Number(step)))
    })
  expect(ends.some((xs) => Math.min(...xs) < 0 && Math.max(...xs) > 0)).toBe(true)
  expect(ends.some((xs) => Math.min(...xs) < gridSize && Math.max(...xs) > gridSize)).toBe(true)
})
