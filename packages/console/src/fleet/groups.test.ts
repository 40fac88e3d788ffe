import { expect, test } from 'vitest'
import { grouped, linesOf } from './groups.ts'
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
