import { expect, test } from 'vitest'
import type { FleetRow } from '../fleet/row.ts'
import { againstNetwork } from './network-choice.ts'

const row = (SmartAGId: string, CidrBlock: string | undefined, more: Partial<FleetRow> = {}): FleetRow =>
  ({
    SmartAGId,
    CidrBlock,
    RegionId: 'eu',
    Status: 'Init',
    BusinessState: 'Normal',
    InstanceType: 'hardware',
    ...more,
  }) as FleetRow
const network = { id: 'ccn-one', name: 'retail', regionId: 'eu', range: '10.0.0.0/8', snat: '10.255.0.0/24' }

test('whoever cannot get into the network is told why, the first with a block gets in', () => {
  const rows = [
    row('free', '10.1.0.0/24'),
    row('second', '10.1.0.0/25'),
    row('member', '10.2.0.0/24', { AssociatedCcnId: 'ccn-one' }),
    row('bound', '10.3.0.0/24', { AssociatedCcnId: 'ccn-two' }),
    row('elsewhere', '10.4.0.0/24', { RegionId: 'cn' }),
    row('ordered', '10.5.0.0/24', { Status: 'Ordered' }),
    row('overdue', '10.6.0.0/24', { BusinessState: 'Arrearage' }),
    row('outside', '192.168.0.0/24'),
    row('snat', '10.255.0.128/25'),
    row('taken', '10.2.0.64/26'),
    row('none', undefined),
  ]
  expect([...againstNetwork(rows, network, rows)]).toEqual([
    ['second', 'taken'],
    ['member', 'member'],
    ['bound', 'bound'],
    ['elsewhere', 'elsewhere'],
    ['ordered', 'notBegun'],
    ['overdue', 'overdue'],
    ['outside', 'outside'],
    ['snat', 'taken'],
    ['taken', 'taken'],
  ])
})

test('before a network is chosen only those are out that no network takes', () => {
  const rows = [row('a', '10.1.0.0/24'), row('b', '10.1.0.0/24'), row('c', '10.2.0.0/24', { AssociatedCcnId: 'x' })]
  expect([...againstNetwork(rows, undefined, rows)]).toEqual([['c', 'bound']])
})
