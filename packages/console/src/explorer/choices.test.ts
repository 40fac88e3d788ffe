import { describe, expect, test } from 'vitest'
import type { FleetRow } from '../fleet/row.ts'
import { choiceKind, choicesFor, mostChoices } from './choices.ts'

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

const values = (...asked: Parameters<typeof choicesFor>): readonly string[] =>
  choicesFor(...asked).map(({ value }) => value)

describe('choices of a field', () => {
  const rows = [row('sag-1', { Name: 'Lyon', SerialNumber: 'sn1a,sn1b' }), row('sag-2', { RegionId: 'cn-shanghai' })]

  test('are for parameters that name something of the fleet', () => {
    expect(choiceKind('RegionId')).toBe('region')
    expect(choiceKind('SmartAGId')).toBe('instance')
    expect(choiceKind('SmartAGSn')).toBe('serial')
    expect(choiceKind('SmartAGType')).toBeUndefined()
    expect(choiceKind('VbrRegionId')).toBeUndefined()
  })

  test('are the instances, which their names find too', () => {
    expect(choicesFor('instance', '', rows, 'cn-shanghai')).toEqual([
      { value: 'sag-1', label: 'Lyon' },
      { value: 'sag-2', label: 'sag-2' },
    ])
    expect(values('instance', 'LYO', rows, 'cn-shanghai')).toEqual(['sag-1'])
    expect(values('instance', 'rome', rows, 'cn-shanghai')).toEqual([])
  })

  test('are every serial number, and every region once, the chosen one first', () => {
    expect(values('serial', 'sn1', rows, 'cn-shanghai')).toEqual(['sn1a', 'sn1b'])
    expect(values('region', '', rows, 'cn-shanghai')).toEqual(['cn-shanghai', 'cn-beijing'])
  })

  test('are bounded', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => row(`sag-${index}`))
    expect(values('instance', '', many, 'cn-shanghai')).toHaveLength(mostChoices)
    expect(values('instance', 'sag-19999', many, 'cn-shanghai')).toEqual(['sag-19999'])
  })
})
