import { describe, expect, test } from 'vitest'
import { countsByHealth, type FleetFilter, filtered, sorted } from './filter.ts'
import { type FleetRow, healthOf } from './row.ts'

function row(given: Partial<FleetRow> = {}): FleetRow {
  return {
    SmartAGId: 'sag-1',
    RegionId: 'cn-shanghai',
    InstanceType: 'hardware',
    Status: 'Active',
    BusinessState: 'Normal',
    DeviceCount: 1,
    OnlineCount: 1,
    LockedCount: 0,
    SynStatus: 'Synchronized',
    CreateTime: 0,
    ...given,
  }
}

const everything: FleetFilter = { words: '', health: undefined, kind: undefined, network: undefined }

describe('the health of an instance', () => {
  test.each([
    ['online', {}],
    ['degraded', { DeviceCount: 2 }],
    ['unsynchronized', { SynStatus: 'Unsynchronized' }],
    ['offline', { Status: 'Offline', OnlineCount: 0 }],
    ['locked', { Status: 'Offline', OnlineCount: 0, LockedCount: 1 }],
    ['overdue', { Status: 'Arrearage', BusinessState: 'Arrearage' }],
    ['waiting', { Status: 'Init' }],
    ['online', { InstanceType: 'app', DeviceCount: 0, OnlineCount: 0 }],
  ] as const)('is %s for %o', (health, given) => {
    expect(healthOf(row(given as Partial<FleetRow>))).toBe(health)
  })
})

describe('finding instances', () => {
  const rows = [
    row({ SmartAGId: 'sag-a', Name: 'hangzhou-2', SerialNumber: 'sag001,sag002', CidrBlock: '10.1.0.0/24' }),
    row({ SmartAGId: 'sag-b', Name: 'hangzhou-10', CidrBlock: '10.2.0.0/16', AssociatedCcnId: 'ccn-1' }),
    row({ SmartAGId: 'sag-c', InstanceType: 'app', Name: '上海', CidrBlock: '10.8.0.0/24' }),
  ]
  const idsOf = (filter: Partial<FleetFilter>): readonly string[] =>
    filtered(rows, { ...everything, ...filter }).map(({ SmartAGId }) => SmartAGId)

  test('by all of some words, in any case, anywhere', () => {
    expect(idsOf({ words: 'HANGZHOU sag002' })).toEqual(['sag-a'])
    expect(idsOf({ words: '上海' })).toEqual(['sag-c'])
    expect(idsOf({ words: 'nowhere' })).toEqual([])
  })

  test('by an address in its network', () => {
    expect(idsOf({ words: '10.2.200.7' })).toEqual(['sag-b'])
  })

  test('by kind and network', () => {
    expect(idsOf({ kind: 'app' })).toEqual(['sag-c'])
    expect(idsOf({ network: 'ccn-1' })).toEqual(['sag-b'])
    expect(idsOf({ network: 'none' })).toEqual(['sag-a', 'sag-c'])
  })

  test('by a password that nobody has changed; an instance without a console has none', () => {
    const some = [row({ DefaultPasswordCount: 1 }), row({ OldPasswordCount: 1 }), row({ InstanceType: 'app' })]
    expect(filtered(some, { ...everything, password: 'default' })).toEqual([some[0]])
    expect(filtered(some, { ...everything, password: 'old' })).toEqual([some[1]])
    expect(filtered(some, everything)).toHaveLength(3)
  })

  test('numbers in names are sorted as numbers', () => {
    const names = sorted(rows, { column: 'name', descending: false }, new Map()).map(({ Name }) => Name)
    expect(names.indexOf('hangzhou-2')).toBeLessThan(names.indexOf('hangzhou-10'))
  })

  test('each instance is counted once', () => {
    expect(Object.values(countsByHealth(rows)).reduce((sum, count) => sum + count, 0)).toBe(rows.length)
  })
})
