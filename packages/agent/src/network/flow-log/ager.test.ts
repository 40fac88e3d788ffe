import { expect, test } from 'vitest'
import { createFlowAger } from './ager.ts'
import type { Flow } from './conntrack-flows.ts'

const flow = (packets: number, id = '1'): Flow => ({
  id,
  protocol: 6,
  from: { address: '172.16.1.9', port: 40_000 },
  to: { address: '10.10.0.10', port: 80 },
  sent: { packets, bytes: 100 * packets },
  answered: { packets: 0, bytes: 0 },
})
const open = () => createFlowAger({ activeMs: 60_000, inactiveMs: 10_000 })
const sent = (records: ReturnType<ReturnType<typeof open>['look']>) => records.map((one) => one.sent.packets)

test('a connection is recorded once it was idle for so long, and not again while nothing comes', () => {
  const ager = open()
  ager.look([], 0)
  expect(sent(ager.look([flow(5)], 5_000))).toEqual([])
  expect(sent(ager.look([flow(5)], 14_999))).toEqual([])
  expect(sent(ager.look([flow(5)], 15_000))).toEqual([5])
  expect(sent(ager.look([flow(5)], 40_000))).toEqual([])
  expect(sent(ager.look([], 45_000))).toEqual([])
})

test('one that lasts is recorded every so often, each time with what came since', () => {
  const ager = open()
  ager.look([], 0)
  const all: number[] = []
  for (let at = 5_000; at <= 130_000; at += 5_000) all.push(...sent(ager.look([flow(at / 1000)], at)))
  expect(all).toEqual([65, 65])
})

test('one that is gone is recorded at once; what was there at the first look counts from then on', () => {
  const ager = open()
  ager.look([flow(7)], 0)
  expect(sent(ager.look([flow(9), flow(3, '2')], 5_000))).toEqual([])
  expect(sent(ager.look([flow(9)], 6_000))).toEqual([3])
  expect(sent(ager.look([], 7_000))).toEqual([2])
})
