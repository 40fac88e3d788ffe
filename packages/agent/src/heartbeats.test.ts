import { createManualTime } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { createHeartbeats } from './heartbeats.ts'

function createWorld() {
  const time = createManualTime()
  const heartbeats = createHeartbeats(time.timers)
  const ended: string[] = []
  let sent = 0
  let isHeard = true
  const hears = (is: boolean): void => {
    isHeard = is
  }
  const link = {
    takeHeard: () => isHeard,
    send() {
      sent += 1
    },
    end: (reason: string) => void ended.push(reason),
  }
  return { time, heartbeats, link, ended, sent: () => sent, hears }
}

test('an answer counts with the time it took, one that does not come before the next as lost', () => {
  const { time, heartbeats, link, sent } = createWorld()
  heartbeats.begin(link, 1000)
  time.advance(1000)
  expect([sent(), heartbeats.counted()]).toEqual([1, undefined])
  time.advance(30)
  heartbeats.answered()
  // Nobody asked for this one.
  heartbeats.answered()
  expect(heartbeats.counted()).toEqual({ sent: 1, lost: 0, ms: 30 })
  time.advance(970)
  time.advance(1000)
  expect(heartbeats.counted()).toEqual({ sent: 2, lost: 1, ms: 30 })
  time.advance(12)
  heartbeats.answered()
  expect(heartbeats.counted()).toEqual({ sent: 3, lost: 1, ms: 42 })
})

test('where none was ever answered nothing is told, and what ends with the connection counts as neither', () => {
  const { time, heartbeats, link } = createWorld()
  heartbeats.begin(link, 1000)
  for (let beats = 0; beats < 5; beats += 1) time.advance(1000)
  expect(heartbeats.counted()).toBeUndefined()
  heartbeats.answered()
  expect(heartbeats.counted()).toEqual({ sent: 1, lost: 0, ms: 0 })
  time.advance(1000)
  heartbeats.stop()
  heartbeats.answered()
  time.advance(5000)
  expect(heartbeats.counted()).toEqual({ sent: 1, lost: 0, ms: 0 })
  heartbeats.begin(link, 1000)
  time.advance(1000)
  expect(heartbeats.counted()).toEqual({ sent: 1, lost: 0, ms: 0 })
})

test('a server that says nothing for three heartbeats is gone', () => {
  const { time, heartbeats, link, ended, hears, sent } = createWorld()
  heartbeats.begin(link, 1000)
  time.advance(1000)
  hears(false)
  for (let beats = 0; beats < 3; beats += 1) time.advance(1000)
  expect([ended, sent()]).toEqual([['Nothing was heard of the server.'], 3])
})
