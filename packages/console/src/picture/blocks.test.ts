import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FleetRow } from '../fleet/row.ts'
import {
  type Block,
  firstInOrder,
  inNone,
  inOrder,
  nameOf,
  type PictureFacts,
  type PictureNetwork,
  sectionsOf,
  troublesIn,
} from './blocks.ts'

function row(id: string, network?: string, change: Partial<FleetRow> = {}): FleetRow {
  return {
    SmartAGId: id,
    RegionId: 'cn-shanghai',
    InstanceType: 'hardware',
    Status: 'Active',
    BusinessState: 'Normal',
    DeviceCount: 1,
    OnlineCount: 1,
    LockedCount: 0,
    CreateTime: 0,
    ...(network && { AssociatedCcnId: network }),
    ...change,
  }
}

const offline = { Status: 'Offline' } as const
const partly = { DeviceCount: 2 } as const

function network(CcnId: string, change: Partial<PictureNetwork> = {}): PictureNetwork {
  return { CcnId, RegionId: 'cn-shanghai', ...change }
}

function facts(rows: readonly FleetRow[], networks: readonly PictureNetwork[]): PictureFacts {
  return { rows, all: rows, complete: true, networks }
}

const shape = (of: PictureFacts) => sectionsOf(of).map(({ key, blocks }) => [key, ...blocks.map(({ id }) => id)])

describe('the networks of the picture', () => {
  test('stand together by their CEN, and those that reach no other by why they do not', () => {
    const networks = [
      network('ccn-a', { AssociatedCenId: 'cen-1' }),
      network('ccn-b', { AssociatedCenId: 'cen-2' }),
      network('ccn-c', { AssociatedCenId: 'cen-1' }),
      network('ccn-d'),
    ]
    expect(shape(facts([row('sag-1'), row('sag-2', 'ccn-of-others')], networks))).toEqual([
      ['cen-1', 'ccn-a', 'ccn-c'],
      ['cen-2', 'ccn-b'],
      ['alone', 'ccn-d'],
      ['none', inNone],
      ['elsewhere', 'ccn-of-others'],
    ])
  })

  test('stand first where the most is offline, then where the most is degraded, then the largest, then by name', () => {
    const networks = ['e', 'd', 'c', 'b', 'a'].map((name) => network(`ccn-${name}`, { Name: name }))
    const rows = [
      row('sag-1', 'ccn-b', offline),
      row('sag-2', 'ccn-c', partly),
      row('sag-3', 'ccn-c', partly),
      row('sag-4', 'ccn-d'),
    ]
    expect(shape(facts(rows, networks))).toEqual([['alone', 'ccn-b', 'ccn-c', 'ccn-d', 'ccn-a', 'ccn-e']])
  })

  test('stand by section first where the most is wrong, too', () => {
    const networks = [network('ccn-a', { AssociatedCenId: 'cen-1' }), network('ccn-b')]
    const rows = [row('sag-1', 'ccn-a', partly), row('sag-2', 'ccn-b', offline)]
    expect(shape(facts(rows, networks))).toEqual([
      ['alone', 'ccn-b'],
      ['cen-1', 'ccn-a'],
    ])
  })

  test('count gateways and what is wrong, and have the worst of their members first', () => {
    const rows = [
      row('sag-1', 'ccn-a'),
      row('sag-2', 'ccn-a', partly),
      row('sag-3', 'ccn-a', offline),
      row('sag-4', 'ccn-a', { LockedCount: 1 }),
      row('sag-5', 'ccn-a', { InstanceType: 'app' }),
    ]
    const [block] = blocksOf(facts(rows, [network('ccn-a')]))
    expect(block?.members.map(({ SmartAGId }) => SmartAGId)).toEqual(['sag-4', 'sag-3', 'sag-2', 'sag-1', 'sag-5'])
    expect(block).toMatchObject({ bad: 2, warn: 1, gateways: 4, apps: 1 })
  })

  test('name those in trouble: offline before degraded, those of the worst network first', () => {
    const rows = [
      row('sag-1', 'ccn-a', partly),
      row('sag-2', 'ccn-a', offline),
      row('sag-3', 'ccn-b', offline),
      row('sag-4', 'ccn-b', offline),
      row('sag-5', 'ccn-b'),
    ]
    const found = troublesIn(blocksOf(facts(rows, [network('ccn-a'), network('ccn-b')])))
    expect(found.map(({ SmartAGId }) => SmartAGId)).toEqual(['sag-3', 'sag-4', 'sag-2', 'sag-1'])
  })

  test('have names in order, and the first of those are the same without putting all in order', () => {
    const rows = [
      row('sag-1', 'ccn-a', { Name: 'fine' }),
      row('sag-2', 'ccn-a', { ...offline, Name: 'z' }),
      row('sag-3', 'ccn-a', { ...partly, Name: 'a' }),
      row('sag-4', 'ccn-a', { ...offline, Name: 'b' }),
    ]
    expect(inOrder(rows).map(({ SmartAGId }) => SmartAGId)).toEqual(['sag-4', 'sag-2', 'sag-3', 'sag-1'])
    const any = fc.record({ name: fc.nat(5), change: fc.constantFrom({}, offline, partly) })
    fc.assert(
      fc.property(fc.array(any), fc.nat(6), (given, most) => {
        const all = given.map(({ name, change }, index) => row(`sag-${index}`, 'ccn-a', { Name: `${name}`, ...change }))
        expect(firstInOrder(all, most)).toEqual(inOrder(all).slice(0, most))
      }),
    )
  })

  test('of a filter are those that have a match, with how many of how many', () => {
    const all = [row('sag-1', 'ccn-a'), row('sag-2', 'ccn-a'), row('sag-3', 'ccn-b')]
    const networks = [network('ccn-a'), network('ccn-b'), network('ccn-c')]
    const found = blocksOf({ rows: all.slice(0, 1), all, complete: true, networks })
    expect(found).toMatchObject([{ id: 'ccn-a', gateways: 1, allGateways: 2, unseen: 0 }])
    expect(blocksOf(facts(all, networks)).map(({ id }) => id)).toContain('ccn-c')
  })

  test('tell how many members one does not see, once all that one sees have come', () => {
    const given = facts([row('sag-1', 'ccn-a')], [network('ccn-a', { AssociatedCloudBoxCount: '4' }), network('ccn-b')])
    expect(blocksOf(given)).toMatchObject([{ unseen: 3 }, { unseen: 0 }])
    expect(blocksOf({ ...given, complete: false })).toMatchObject([{ unseen: 0 }, { unseen: 0 }])
  })

  test('are the same whatever the order in which the server tells them, and none is lost', () => {
    const ids = ['ccn-a', 'ccn-b', 'ccn-c', 'ccn-d', undefined, 'ccn-others']
    const networks = ids
      .slice(0, 4)
      .map((id = '', index) => network(id, index % 2 === 0 ? { AssociatedCenId: `cen-${index % 4}` } : {}))
    const rows = fc.uniqueArray(
      fc.record({ id: fc.nat(50), at: fc.constantFrom(...ids), change: fc.constantFrom({}, offline, partly) }),
      { selector: ({ id }) => id },
    )
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat(1000)), (given, weights) => {
        const all = given.map(({ id, at, change }) => row(`sag-${id}`, at, { Name: `name ${id % 3}`, ...change }))
        const mixed = <T>(things: readonly T[]): readonly T[] =>
          things
            .map((thing) => [weights.next().value as number, thing] as const)
            .sort(([a], [b]) => a - b)
            .map(([, thing]) => thing)
        const sections = sectionsOf(facts(all, networks))
        const told = (of: Block) => [nameOf(of), of.id, of.counts, of.bad, of.warn, of.gateways, of.unseen]
        expect(sections.flatMap(({ blocks }) => blocks.flatMap(({ members }) => members))).toHaveLength(all.length)
        expect(
          sectionsOf(facts(mixed(all), mixed(networks))).map(({ key, blocks }) => [key, blocks.map(told)]),
        ).toEqual(sections.map(({ key, blocks }) => [key, blocks.map(told)]))
      }),
    )
  })
})

function blocksOf(given: PictureFacts): readonly Block[] {
  return sectionsOf(given).flatMap(({ blocks }) => blocks)
}
