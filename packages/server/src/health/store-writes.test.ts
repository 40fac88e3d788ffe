import { createManualTime } from '@opensag/protocol'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { OutcomeUnknown, StoreUnavailable, WriteFailed } from '../store/errors.ts'
import { oneLineAState } from './one-line-a-state.ts'
import { watchStoreWrites } from './store-writes.ts'

function observed() {
  const time = createManualTime()
  const lines: string[] = []
  const logger = pino({ level: 'warn' }, { write: (line) => void lines.push(JSON.parse(line).msg) })
  return { time, lines, logger, writes: watchStoreWrites({ timers: time.timers, logger }) }
}

const failed = { kind: 'commit-failed', works: 1, error: new Error('SQLITE_FULL') } as const
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve()
}

test('a thousand failed commits are one line, and so is the end of them, which needs no call', async () => {
  const { time, lines, writes } = observed()
  let works = false
  writes.begin(async () => {
    if (works) return
    writes.onEvent(failed)
    throw new WriteFailed(failed.error)
  })
  for (let call = 0; call < 1000; call++) writes.onEvent(failed)
  for (let again = 0; again < 3; again++) {
    time.advance(5000)
    await settled()
    expect(writes.isFailing()).toBe(true)
  }
  works = true
  time.advance(5000)
  await settled()
  expect(writes.isFailing()).toBe(false)
  expect(lines).toEqual(['the store cannot write', 'the store writes again'])
  expect(writes.failures()).toBe(1003)
  expect(time.pending()).toBe(0)
})

test('commits that succeed say nothing', () => {
  const { lines, writes, time } = observed()
  writes.onEvent({ kind: 'committed', works: 1 })
  expect([writes.isFailing(), lines, time.pending()]).toEqual([false, [], 0])
})

test('what each call says of its own failed commit is a detail, every other error is not', () => {
  const { lines, logger } = observed()
  const quiet = oneLineAState(logger)
  for (let call = 0; call < 1000; call++) quiet.error({ err: new WriteFailed('full') }, 'request failed')
  quiet.error({ err: new StoreUnavailable(1000) }, 'request failed')
  quiet.error({ err: new OutcomeUnknown(1000) }, 'request failed')
  quiet.error({ err: new Error('a defect') }, 'another failure')
  quiet.error('without facts')
  expect(lines).toEqual(['another failure', 'without facts'])
  logger.level = 'debug'
  quiet.error({ err: new WriteFailed('full') }, 'with its details')
  expect(lines.at(-1)).toBe('with its details')
})
