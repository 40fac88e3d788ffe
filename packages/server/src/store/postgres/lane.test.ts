import { createManualTime } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { OutcomeUnknown } from '../errors.ts'
import { systemTime } from '../store-time.ts'
import { linkThat } from './fake-link.suite.ts'
import { createLane } from './lane.ts'

const waitMs = 100

test('closing waits for a work that is under way, also when an earlier one was given up as it committed', async () => {
  const { timers, advance } = createManualTime()
  const commits: (() => void)[] = []
  const link = linkThat((text) =>
    text === 'commit' ? new Promise<void>((resolve) => commits.push(resolve)) : undefined,
  )
  const lane = createLane({
    session: { link: async () => link, close: async () => {} },
    writer: 'one',
    laneKey: 1,
    onEvent: () => {},
    unfinishedMs: 1000,
    groupMs: 1,
    waitMs,
    time: { timers, clock: timers.now, turn: systemTime.turn },
  })
  const order: string[] = []
  const committing = async (count: number): Promise<void> => {
    while (commits.length < count) await systemTime.turn()
  }

  const given = lane.write(async () => 'first')
  await committing(1)
  advance(waitMs / 2)
  const second = lane.write(async () => void order.push('second')).then(() => order.push('answered'))
  advance((3 * waitMs) / 4)
  await expect(given).rejects.toBeInstanceOf(OutcomeUnknown)
  const closed = lane.close().then(() => order.push('closed'))
  commits[0]?.()
  await committing(2)
  commits[1]?.()
  await Promise.all([second, closed])
  expect(order).toEqual(['second', 'answered', 'closed'])
})
