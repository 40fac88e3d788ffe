import { expect, test } from 'vitest'
import type { FleetRow } from '../fleet/row.ts'
import { choiceOf, goneOf } from './choice.ts'

function row(SmartAGId: string, given: Partial<FleetRow> = {}): FleetRow {
  return {
    ...{ SmartAGId, RegionId: 'cn', InstanceType: 'hardware', Status: 'Active', BusinessState: 'Normal' },
    ...{ DeviceCount: 1, OnlineCount: 1, LockedCount: 0, CreateTime: 0, SerialNumber: `${SmartAGId}-1` },
    ...{ HardwareVersion: 'sag-1000', SoftwareVersion: '2.3.1.1', ...given },
  } as FleetRow
}

const rows = [
  row('a'),
  row('b', { SerialNumber: 'b1,b2' }),
  row('c', { HardwareVersion: 'SCG5000', SoftwareVersion: '3.4.1' }),
  row('d', { HardwareVersion: 'sag-vcpe' }),
  row('e', { InstanceType: 'app', SerialNumber: '' }),
]

test('every gateway either gets a password or has the reason why not', () => {
  const withoutSerial = rows.map((one) => (one.SmartAGId === 'e' ? (({ SerialNumber: _, ...rest }) => rest)(one) : one))
  const { gateways, leftOut } = choiceOf(withoutSerial, { onlyOnline: true })
  expect(gateways.map(({ serial }) => serial)).toEqual(['a-1', 'b1'])
  expect(leftOut.map(({ key, why }) => [key, why])).toEqual([
    ['b b2', 'offline'],
    ['c c-1', 'version'],
    ['d d-1', 'model'],
    ['e', 'no-gateway'],
  ])
})

test('those that are offline can be taken too', () => {
  expect(choiceOf(rows.slice(0, 2), { onlyOnline: false }).gateways).toHaveLength(3)
})

test('what was chosen and is not there is told of', () => {
  expect(goneOf(['a', 'x'], new Map([['a', row('a')]])).map(({ key, why }) => [key, why])).toEqual([['x', 'gone']])
})
