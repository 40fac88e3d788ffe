import { expect, test } from 'vitest'
import { grouped, groupingIn, linesOf } from './groups.ts'
import type { FleetRow } from './row.ts'

const row = (SmartAGId: string, AssociatedCcnId: string | undefined, Status = 'Active'): FleetRow =>
  ({ SmartAGId, AssociatedCcnId, Status, RegionId: 'cn', InstanceType: 'hardware' }) as FleetRow

const groups = grouped(
  [row('a', 'calm'), row('b', undefined), row('c', 'ill'), row('d', 'calm'), row('e', 'ill', 'Offline')],
  'network',
)

test('groups with trouble stand first, then the large ones; rows keep their order', () => {
  expect(
    groups.map(({ key, rows, troubles }) => [key, rows.map(({ SmartAGId }) => SmartAGId).join(''), troubles]),
  ).toEqual([
    ['ill', 'ce', 1],
    ['calm', 'ad', 0],
    ['', 'b', 0],
  ])
})

test('a group is open or folded, and what somebody turned is the other way round', () => {
  const lines = linesOf(groups, { isOpen: ({ troubles }) => troubles > 0, turned: new Set(['calm']) })
  expect(lines.map(({ key }) => key)).toEqual(['group ill', 'c', 'e', 'group calm', 'a', 'd', 'group '])
})

test('instances are grouped by the value of a tag, and those without it are one group', () => {
  const tagged = (id: string, Value?: string): FleetRow => ({
    ...row(id, undefined),
    ...(Value === undefined ? {} : { Tags: [{ Key: 'site', Value }] }),
  })
  const by = groupingIn('tag:site')
  if (by === undefined) throw new Error('It is a grouping.')
  const bySite = grouped([tagged('a', 'Lyon'), tagged('b', 'Paris'), tagged('c', 'Lyon'), tagged('d')], by)
  expect(bySite.map(({ key, rows }) => [key, rows.length])).toEqual([
    ['site=Lyon', 2],
    ['', 1],
    ['site=Paris', 1],
  ])
  expect([groupingIn('region'), groupingIn('tag:'), groupingIn('colour'), groupingIn(null)]).toEqual([
    'region',
    undefined,
    undefined,
    undefined,
  ])
})
