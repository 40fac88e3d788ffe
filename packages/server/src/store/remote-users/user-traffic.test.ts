import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Harness, openHarness } from '../../apis/testing/harness.suite.ts'
import { countSessions } from './user-traffic.ts'

let world: Harness
beforeEach(async () => {
  world = await openHarness()
})
afterEach(() => world.close())

test('only sessions that have carried something are looked for', async () => {
  const selects = (...counts: readonly (readonly [string, number])[]): Promise<number> =>
    world.store.write(async (tx) => {
      const select = vi.spyOn(tx, 'selectFrom')
      await countSessions(tx, 'pop1', new Map(counts), world.now)
      return select.mock.calls.length
    })
  expect(await selects(['one', 0], ['other', 0])).toBe(0)
  expect(await selects(['one', 0], ['other', 1])).toBe(1)
})
