import { expect, test } from 'vitest'
import type { FleetRow } from '../fleet/row.ts'
import { isTrouble, mapOf } from './lenses.ts'

function row(id: string, Position: string | undefined, state: Partial<FleetRow> = {}): FleetRow {
  return {
    ...{ SmartAGId: id, RegionId: 'cn-shanghai', InstanceType: 'hardware', Status: 'Active', BusinessState: 'Normal' },
    ...{ DeviceCount: 1, OnlineCount: 1, LockedCount: 0, CreateTime: 0, SynStatus: 'Synchronized' },
    ...(Position !== undefined && { Position }),
    ...state,
  }
}

const offline = { Status: 'Offline', OnlineCount: 0 }

test('one lens for each part of the world that has gateways, in a fixed order', () => {
  const { lenses } = mapOf([
    row('a', 'Lyon'),
    row('b', 'Shanghai'),
    row('c', 'New York'),
    row('d', 'Singapore'),
    row('e', 'Lagos'),
  ])
  expect(lenses.map(({ part, count }) => [part, count])).toEqual([
    ...[
      ['china', 1],
      ['europe', 1],
      ['asia', 1],
      ['africa', 1],
      ['americas', 1],
    ],
  ])
})

test('those in one place are one mark, the worst first', () => {
  const { lenses } = mapOf([row('a', 'Shanghai'), row('b', '上海', offline), row('c', 'Beijing')])
  expect(lenses[0]).toMatchObject({ count: 3, trouble: 1 })
  expect(
    lenses[0]?.clusters.map(({ pins, trouble, tone }) => [
      pins.map((pin) => pin.row.SmartAGId).join(''),
      trouble,
      tone,
    ]),
  ).toEqual([
    ...[
      ['ba', 1, 'bad'],
      ['c', 0, 'ok'],
    ],
  ])
})

test('every mark is inside of its lens', () => {
  const { lenses } = mapOf(['Urumqi', 'Harbin', 'Sanya', 'Lhasa'].map((city) => row(city, city)))
  const [lens] = lenses
  for (const { x, y } of lens?.clusters ?? []) {
    expect(x).toBeGreaterThan(lens?.left ?? Number.NaN)
    expect(x).toBeLessThan((lens?.left ?? 0) + (lens?.width ?? 0))
    expect(y).toBeGreaterThan(lens?.top ?? Number.NaN)
    expect(y).toBeLessThan((lens?.top ?? 0) + (lens?.height ?? 0))
  }
  expect(lens?.clusters).toHaveLength(4)
})

test('a gateway without a place is said to have none; remote access has no place anyway', () => {
  const { nowhere, lenses } = mapOf([
    row('a', undefined),
    row('b', 'the cellar'),
    row('c', 'Paris', { InstanceType: 'app' }),
  ])
  expect([nowhere.map(({ SmartAGId }) => SmartAGId), lenses]).toEqual([['a', 'b'], []])
})

test('what is online, or not in service yet, is no trouble', () => {
  expect(
    (['online', 'waiting', 'offline', 'degraded', 'locked', 'overdue', 'unsynchronized'] as const).map(isTrouble),
  ).toEqual([...[false, false, true, true, true, true, true]])
})

test('in two columns an odd number begins with a wide one, in one column none is wide', () => {
  const ratios = (cities: readonly string[], columns: 1 | 2): readonly number[] =>
    mapOf(
      cities.map((city) => row(city, city)),
      { columns },
    ).lenses.map(({ width, height }) => Math.round((width / height) * 10) / 10)
  expect(ratios(['Shanghai', 'Lyon', 'New York'], 2)).toEqual([2.7, 1.3, 1.3])
  expect(ratios(['Shanghai', 'Lyon'], 2)).toEqual([1.3, 1.3])
  expect(ratios(['Shanghai', 'Lyon', 'New York'], 1)).toEqual([1.3, 1.3, 1.3])
})
