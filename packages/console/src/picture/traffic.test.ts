import { expect, test } from 'vitest'
import type { FleetRow } from '../fleet/row.ts'
import { byTraffic, lineWidth } from './traffic.ts'

test('a line is wider the more it carries, thin where it carries nothing, and none where that is not known', () => {
  expect([0, 99_999, 100_000, 5e6, 5e7, 5e8, 5e12].map(lineWidth)).toEqual([2, 2, 3, 5, 8, 11, 14])
  expect(lineWidth(undefined)).toBeUndefined()
})

test('what carries most is first in its state, offline before all, and what is not known behind what carries nothing', () => {
  const row = (SmartAGId: string, Status = 'Active', DeviceCount = 1): FleetRow => ({
    SmartAGId,
    RegionId: 'cn-shanghai',
    InstanceType: 'hardware',
    Status,
    BusinessState: 'Normal',
    DeviceCount,
    OnlineCount: 1,
    LockedCount: 0,
    CreateTime: 0,
  })
  const rows = [row('a'), row('b'), row('c'), row('d'), row('half', 'Active', 2), row('off', 'Offline')]
  const rates = new Map([
    ['b', 0],
    ['c', 900],
    ['d', 1000],
    ['half', 1],
  ])
  expect(byTraffic(rows, rates).map(({ SmartAGId }) => SmartAGId)).toEqual(['off', 'half', 'd', 'c', 'b', 'a'])
  expect(byTraffic(rows, new Map()).map(({ SmartAGId }) => SmartAGId)).toEqual(['off', 'half', 'a', 'b', 'c', 'd'])
})
