import { describe, expect, test } from 'vitest'
import { type FleetFacts, matching, mistakesIn, newestVersions } from './filter.ts'
import { parseQuery } from './query.ts'
import { countsByHealth, type FleetRow, healthOf } from './row.ts'
import { sorted } from './sort.ts'

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
    row({
      SmartAGId: 'sag-a',
      Name: 'hangzhou-2',
      SerialNumber: 'sag001,sag002',
      CidrBlock: '10.1.0.0/24',
      SoftwareVersion: '2.2.0.7',
      HardwareVersion: 'sag-1000',
    }),
    row({
      SmartAGId: 'sag-b',
      Name: 'hangzhou-10',
      CidrBlock: '10.2.0.0/16',
      AssociatedCcnId: 'ccn-1',
      SoftwareVersion: '2.10.0',
      HardwareVersion: 'sag-1000',
    }),
    row({ SmartAGId: 'sag-c', InstanceType: 'app', Name: '上海', CidrBlock: '10.8.0.0/24', RegionId: 'eu-central-1' }),
    row({
      SmartAGId: 'sag-d',
      Status: 'Offline',
      OnlineCount: 0,
      DefaultPasswordCount: 1,
      SoftwareVersion: '2.2.0.7',
      HardwareVersion: 'sag-vcpe',
    }),
  ]
  const facts: FleetFacts = { networkNames: new Map([['ccn-1', 'Retail South']]), newest: newestVersions(rows) }
  const idsOf = (text: string): string =>
    matching(rows, parseQuery(text), facts)
      .map(({ SmartAGId }) => SmartAGId.slice(4))
      .join('')

  test.each([
    ['', 'abcd'],
    ['HANGZHOU sag002', 'a'],
    ['上海', 'c'],
    ['nowhere', ''],
    ['10.2.200.7', 'b'],
    ['address:10.2.200.7', 'b'],
    ['address:10.8.', 'c'],
    ['kind:app', 'c'],
    ['kind:gateway', 'abd'],
    ['network:ccn-1', 'b'],
    ['network:"retail south"', 'b'],
    ['network:none', 'acd'],
    ['region:eu', 'c'],
    ['region:cn-shanghai,eu-central-1 kind:app', 'c'],
    ['state:offline', 'd'],
    ['state:trouble', 'd'],
    ['state:online,offline', 'abcd'],
    ['password:default', 'd'],
    ['password:old', ''],
    ['version:<2.10', 'ad'],
    ['version:>2.2.0.7', 'b'],
    ['version:>=2.10', 'b'],
    ['version:<=2.2.0.7', 'ad'],
    ['version:2.10.0.0', 'b'],
    ['model:SAG-1000', 'ab'],
    ['serial:SAG001', 'a'],
    ['id:sag-c', 'c'],
    ['is:behind', 'a'],
    ['state:ofline', ''],
  ])('“%s” finds %s', (text, ids) => {
    expect(idsOf(text)).toBe(ids)
  })

  test('a value that a key cannot have is told of', () => {
    const text = 'state:ofline,online kind:box version:new is:old password:x region:x network:x'
    expect(mistakesIn(parseQuery(text), facts)).toEqual([
      'state:ofline',
      'kind:box',
      'version:new',
      'is:old',
      'password:x',
    ])
  })

  test('numbers in names are sorted as numbers', () => {
    const names = sorted(rows, { column: 'name', descending: false }, new Map()).map(({ Name }) => Name)
    expect(names.indexOf('hangzhou-2')).toBeLessThan(names.indexOf('hangzhou-10'))
  })

  test('each instance is counted once', () => {
    expect(Object.values(countsByHealth(rows)).reduce((sum, count) => sum + count, 0)).toBe(rows.length)
  })
})

test('tags are found by key, by key and value, by site, and by words', () => {
  const tagged = (SmartAGId: string, ...Tags: readonly (readonly [string, string])[]) =>
    row({ SmartAGId, Tags: Tags.map(([Key, Value]) => ({ Key, Value })) })
  const rows = [
    tagged('sag-a', ['env', 'Prod'], ['site', 'Lyon Part-Dieu']),
    tagged('sag-b', ['env', 'test'], ['critical', '']),
    tagged('sag-c'),
  ]
  const facts: FleetFacts = { networkNames: new Map(), newest: new Map() }
  const found = (text: string) =>
    matching(rows, parseQuery(text), facts)
      .map(({ SmartAGId }) => SmartAGId.at(-1))
      .join('')
  expect(found('tag:env')).toBe('ab')
  expect(found('tag:env=prod')).toBe('a')
  expect(found('tag:env=prod,critical')).toBe('ab')
  expect(found('tag:en')).toBe('')
  expect(found('tag:"site=lyon part-dieu"')).toBe('a')
  expect(found('tag:none')).toBe('c')
  expect(found('site:lyon')).toBe('a')
  expect(found('site:none')).toBe('bc')
  expect(found('part-dieu env=prod')).toBe('a')
})
