import { expect, test } from 'vitest'
import { OutcomeUnknown } from '../errors.ts'
import { type StoreTime, systemTime } from '../store-time.ts'
import { createLane } from './lane.ts'
import type { Link } from './link.ts'

const waitMs = 100

test('closing waits for a work that is under way, also when an earlier one was given up as it committed', async () => {
  let now = 0
  const due = new Set<() => void>()
  const timers = {
    after(_ms: number, run: () => void) {
      due.add(run)
      return () => void due.delete(run)
    },
  }
  const time = { timers, clock: () => now, turn: systemTime.turn } as unknown as StoreTime
  const commits: (() => void)[] = []
  const link: Link = {
    async query(text) {
      if (text === 'commit') await new Promise<void>((resolve) => commits.push(resolve))
      return { command: text.toUpperCase(), rowCount: 0, oid: 0, fields: [], rows: [] }
    },
    lost: () => undefined,
    warnings: () => 0,
    drop: () => {},
    end: async () => {},
  }
  const lane = createLane({
    session: { link: async () => link, close: async () => {} },
    writer: 'one',
    laneKey: 1,
    onEvent: () => {},
    unfinishedMs: 1000,
    groupMs: 1,
    waitMs,
    time,
  })
  const order: string[] = []
  const committing = async (count: number): Promise<void> => {
    while (commits.length < count) await systemTime.turn()
  }

  const given = lane.write(async () => 'first')
  await committing(1)
  now = waitMs / 2
  const second = lane.write(async () => void order.push('second')).then(() => order.push('answered'))
  now = waitMs + 1
  for (const run of [...due]) {
    due.delete(run)
    run()
  }
  await expect(given).rejects.toBeInstanceOf(OutcomeUnknown)
  const closed = lane.close().then(() => order.push('closed'))
  commits[0]?.()
  await committing(2)
  commits[1]?.()
  await Promise.all([second, closed])
  expect(order).toEqual(['second', 'answered', 'closed'])
})
