import { expect, test } from 'vitest'
import { gatewaysOf } from './gateways.ts'
import type { FleetRow } from './row.ts'

const row: FleetRow = {
  SmartAGId: 'sag-1',
  RegionId: 'cn-shanghai',
  InstanceType: 'hardware',
  HardwareVersion: 'sag-1000',
  SerialNumber: 'sag1,sag2',
  Status: 'Active',
  BusinessState: 'Normal',
  DeviceCount: 2,
  OnlineCount: 1,
  LockedCount: 0,
  CreateTime: 0,
}

test('of a pair the first device is the active one, and only as many are online as are said to be', () => {
  expect(gatewaysOf([row]).map(({ serial, role, online }) => [serial, role, online])).toEqual([
    ['sag1', 'active', true],
    ['sag2', 'standby', false],
  ])
})

test('an instance without a device has no gateway', () => {
  const { SerialNumber: _, ...without } = row
  expect(gatewaysOf([without])).toEqual([])
})
