import { createManualTime } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { watched } from './watched.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('what may change while it is looked at is looked at again soon', async () => {
  const time = createManualTime()
  const reads: ((facts: string) => void)[] = []
  const one = watched({
    read: (_: undefined) => new Promise<string>((resolve) => void reads.push(resolve)),
    ...{ everyMs: 10_000, timers: time.timers, problem() {} },
  })
  let changes = 0
  one.onChange(() => {
    changes += 1
  })
  const first = one.read(undefined)
  reads[0]?.('before')
  await first
  time.advance(10_000)
  one.soon()
  reads[1]?.('before')
  await settled()
  time.advance(1_000)
  reads[2]?.('after')
  await settled()
  expect([reads.length, changes]).toEqual([3, 1])
  one.close()
  expect(time.pending()).toBe(0)
})

test('a look that fails is a problem, and the next comes all the same', async () => {
  const time = createManualTime()
  const problems: unknown[] = []
  let facts: string | undefined = 'before'
  const one = watched({
    async read(_: undefined) {
      if (facts === undefined) throw new Error('It does not answer.')
      return facts
    },
    ...{ everyMs: 10_000, timers: time.timers, problem: (error: unknown) => void problems.push(error) },
  })
  let changes = 0
  one.onChange(() => {
    changes += 1
  })
  await one.read(undefined)
  facts = undefined
  time.advance(10_000)
  await settled()
  facts = 'after'
  time.advance(10_000)
  await settled()
  expect([problems, changes]).toEqual([[new Error('It does not answer.')], 1])
  one.close()
})
