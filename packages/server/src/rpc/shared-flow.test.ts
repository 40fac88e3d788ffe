import { createManualTime } from '@opensag/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Caller } from '../access/caller.ts'
import { temporaryFolder } from '../store/sqlite/folders.suite.ts'
import type { Store } from '../store/store.ts'
import { openTestStore } from '../store/testing/database.suite.ts'
import { createFlowControl } from './flow-control.ts'
import { createSharedFlow, exchangeMs } from './shared-flow.ts'

const caller: Caller = { kind: 'Account', accountId: '1210123456123456', accessKeyId: 'LTAI5t1' }
const other: Caller = { ...caller, accountId: '1210123456654321' }
/** So many calls a user, or a source, may make at once; one comes back every ten seconds. */
const atOnce = 100

let store: Store
let time: ReturnType<typeof createManualTime>
beforeEach(async () => {
  store = await openTestStore(temporaryFolder())
  time = createManualTime()
})
afterEach(() => store.close())

function node(run: string) {
  const limits = { userCalls: atOnce / 1000, sourceCalls: atOnce / 1000 }
  const flow = createFlowControl(1, limits, { timers: time.timers, counted: true })
  const exchange = createSharedFlow({ store, flow, run, wallClock: time.wallClock })
  /** How many of so many calls are let in. */
  const calls = (count: number, from: Caller = caller): number => {
    let done = 0
    for (let call = 0; call < count; call++) {
      try {
        flow.admitUser(from)
        done += 1
      } catch {
        return done
      }
    }
    return done
  }
  return { flow, exchange, calls }
}

test('what a user takes at two nodes counts at both, and what another one takes does not', async () => {
  const [one, two] = [node('one'), node('two')]
  await Promise.all([one.exchange(), two.exchange()])
  expect([one.calls(60), two.calls(60)]).toEqual([60, 60])
  for (const { exchange } of [one, two, one]) await exchange()
  expect([one.calls(1), two.calls(1)]).toEqual([0, 0])
  expect([one.calls(atOnce + 1, other), two.calls(1, other)]).toEqual([atOnce, 1])
  time.advance(60_000)
  expect([one.calls(1), two.calls(1)]).toEqual([0, 0])
  time.advance(10_000)
  expect([one.calls(2), two.calls(2)]).toEqual([1, 1])
})

test('a source counts at both nodes too', async () => {
  const [one, two] = [node('one'), node('two')]
  await two.exchange()
  for (let call = 0; call < atOnce; call++) one.flow.admitSource('192.0.2.1')
  for (const { exchange } of [one, two]) await exchange()
  expect(() => two.flow.admitSource('192.0.2.1')).toThrow('request throttling')
  two.flow.admitSource('192.0.2.2')
})

test('nothing is charged twice, nor what was taken before a node started', async () => {
  const [one, two] = [node('one'), node('two')]
  await two.exchange()
  one.calls(30)
  for (const { exchange } of [one, two, one, two, two]) await exchange()
  expect(two.calls(atOnce)).toBe(atOnce - 30)
  const late = node('late')
  await late.exchange()
  await late.exchange()
  expect(late.calls(atOnce + 1)).toBe(atOnce)
})

test('whoever took much elsewhere waits a minute at most', async () => {
  const [one, two] = [node('one'), node('two')]
  two.flow.charge({ kind: 'user', name: caller.accountId, taken: 1_000_000 })
  expect(two.calls(1)).toBe(0)
  time.advance(60_000 + 10_000)
  expect(two.calls(1)).toBe(1)
  expect(one.calls(1)).toBe(1)
})

test('who takes little at a node is not told, and rows are forgotten after ten minutes', async () => {
  const flow = createFlowControl(1, { userCalls: 100, sourceCalls: 100 }, { timers: time.timers, counted: true })
  const exchange = createSharedFlow({ store, flow, run: 'one', wallClock: time.wallClock })
  const names = async () =>
    (await store.read((db) => db.selectFrom('pace_use').selectAll().execute())).map((row) => row.name)
  for (let call = 0; call < 31; call++) flow.admitSource('192.0.2.1')
  for (let call = 0; call < 32; call++) flow.admitSource('192.0.2.2')
  await exchange()
  expect(await names()).toEqual(['192.0.2.2'])
  time.advance(exchangeMs + 10 * 60_000)
  for (let call = 0; call < 32; call++) flow.admitSource('192.0.2.3')
  await exchange()
  expect(await names()).toEqual(['192.0.2.3'])
})
