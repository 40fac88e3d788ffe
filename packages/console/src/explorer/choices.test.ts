import { describe, expect, test } from 'vitest'
import type { FleetRow } from '../fleet/row.ts'
import { fleetChoices, matchingChoices, mostChoices } from './choices.ts'

function row(SmartAGId: string, more: Partial<FleetRow> = {}): FleetRow {
  return {
    SmartAGId,
    RegionId: 'cn-beijing',
    InstanceType: 'hardware',
    Status: 'Active',
    BusinessState: 'Normal',
    DeviceCount: 1,
    OnlineCount: 1,
    LockedCount: 0,
    CreateTime: 0,
    ...more,
  }
}

describe('choices of a field', () => {
  const rows = [
    row('sag-1', { Name: 'Lyon', SerialNumber: 'sn1a,sn1b' }),
    row('sag-2', { RegionId: 'cn-shanghai', SerialNumber: 'sn2' }),
  ]
  const values = (kind: 'instance' | 'serial', typed: string, instanceId?: string): readonly string[] =>
    matchingChoices(fleetChoices(kind, rows, instanceId), typed).choices.map(({ value }) => value)

  test('are the instances, which their names find too', () => {
    expect([...fleetChoices('instance', rows)]).toEqual([
      { value: 'sag-1', label: 'Lyon' },
      { value: 'sag-2', label: 'sag-2' },
    ])
    expect(values('instance', 'LYO')).toEqual(['sag-1'])
    expect(values('instance', 'rome')).toEqual([])
  })

  test('are every serial number, or those of the instance that is given', () => {
    expect(values('serial', 'sn')).toEqual(['sn1a', 'sn1b', 'sn2'])
    expect(values('serial', '', 'sag-2')).toEqual(['sn2'])
    expect(values('serial', '', 'sag-not-mine')).toEqual(['sn1a', 'sn1b', 'sn2'])
  })

  test('are bounded, and the others are counted', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => row(`sag-${index}`))
    const all = matchingChoices(fleetChoices('instance', many), '')
    expect([all.choices.length, all.more]).toEqual([mostChoices, 20_000 - mostChoices])
    expect(matchingChoices(fleetChoices('instance', many), 'sag-19999')).toEqual({
      choices: [{ value: 'sag-19999', label: 'sag-19999' }],
      more: 0,
    })
  })
})
