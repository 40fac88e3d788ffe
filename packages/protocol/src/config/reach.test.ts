import { expect, test } from 'vitest'
import { watchReach } from './reach.ts'

/** A configuration of which that many trials are over; undefined: one goes on. */
function reachOf(over: number | undefined) {
  const told: number[] = []
  const config = {
    over,
    told,
    afterTrials: () => config.over,
    async unreached(after: number) {
      told.push(after)
    },
  }
  const reach = watchReach(config, (error) => {
    throw error
  })
  return { config, reach }
}

test('an attempt that begins after a trial and fails is told, until the server is heard again', () => {
  const { config, reach } = reachOf(4)
  reach.heard()
  config.over = 5
  reach.begin()
  reach.failed()
  reach.begin()
  reach.heard()
  reach.failed()
  reach.begin()
  reach.failed()
  expect(config.told).toEqual([5])
})

test('one that began during the trial is not', () => {
  const { config, reach } = reachOf(4)
  config.over = undefined
  reach.begin()
  config.over = 5
  reach.failed()
  expect(config.told).toEqual([])
})

test('a process that starts during a trial knows that nobody was heard since, one that starts later does not', () => {
  const during = reachOf(undefined)
  during.config.over = 5
  const later = reachOf(5)
  for (const { reach } of [during, later]) {
    reach.begin()
    reach.failed()
  }
  expect([during.config.told, later.config.told]).toEqual([[5], []])
})

test('an answer during a trial is no answer after it', () => {
  const { config, reach } = reachOf(4)
  config.over = undefined
  reach.begin()
  reach.heard()
  config.over = 5
  reach.begin()
  reach.failed()
  expect(config.told).toEqual([5])
})
