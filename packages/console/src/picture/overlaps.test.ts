import { numberToIpv4, overlaps } from '@opensag/rules'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FleetRow } from '../fleet/row.ts'
import type { PictureNetwork } from './blocks.ts'
import { mostOverlaps, type Overlaps, overlapsIn } from './overlaps.ts'

const row = (SmartAGId: string, AssociatedCcnId: string | undefined, CidrBlock: string | undefined): FleetRow =>
  ({ SmartAGId, AssociatedCcnId, CidrBlock }) as FleetRow
const network = (CcnId: string, AssociatedCenId?: string, InterworkingStatus?: string): PictureNetwork => ({
  ...{ CcnId, RegionId: 'cn-shanghai' },
  ...(AssociatedCenId && { AssociatedCenId }),
  ...(InterworkingStatus && { InterworkingStatus }),
})

function run(rows: readonly FleetRow[], networks: readonly PictureNetwork[], most?: number): Overlaps {
  const work = overlapsIn(rows, networks, most)
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}

/** Each pair as a text, whichever of both comes first. */
function pairs({ found }: Overlaps): readonly string[] {
  return found
    .map(({ one, other }) =>
      [`${one.row.SmartAGId} ${one.block.cidr}`, `${other.row.SmartAGId} ${other.block.cidr}`].sort().join(', '),
    )
    .sort()
}

const joined = [network('ccn-a', 'cen-1'), network('ccn-b', 'cen-1'), network('ccn-c', 'cen-2'), network('ccn-d')]

describe('overlaps of blocks', () => {
  test('are found between branches of networks that a CEN joins, with both blocks', () => {
    const rows = [row('sag-1', 'ccn-a', '10.1.0.0/24,10.2.0.0/16'), row('sag-2', 'ccn-b', '10.2.9.0/24,10.3.0.0/24')]
    expect(pairs(run(rows, joined))).toEqual(['sag-1 10.2.0.0/16, sag-2 10.2.9.0/24'])
  })

  test('are none between branches that do not reach one another', () => {
    const same = '10.1.0.0/24'
    const apart = [
      row('sag-1', 'ccn-a', same),
      row('sag-2', 'ccn-c', same),
      row('sag-3', 'ccn-d', same),
      row('sag-4', undefined, same),
      row('sag-5', 'ccn-of-others', same),
      row('sag-6', 'ccn-of-others', same),
    ]
    expect(run(apart, joined)).toEqual({ found: [], more: false })
  })

  test('are found inside a network, unless its members do not reach one another', () => {
    const rows = [row('sag-1', 'ccn-a', '10.1.0.0/24'), row('sag-2', 'ccn-a', '10.1.0.128/25')]
    expect(run(rows, [network('ccn-a')]).found).toHaveLength(1)
    expect(run(rows, [network('ccn-a', undefined, 'disable')]).found).toEqual([])
    const across = [...rows, row('sag-3', 'ccn-b', '10.1.0.200/32')]
    expect(pairs(run(across, [network('ccn-a', 'cen-1', 'disable'), network('ccn-b', 'cen-1')]))).toEqual([
      'sag-1 10.1.0.0/24, sag-3 10.1.0.200/32',
      'sag-2 10.1.0.128/25, sag-3 10.1.0.200/32',
    ])
  })

  test('of more pairs than anybody reads are a part, and that is said', () => {
    const rows = Array.from({ length: 60 }, (_, index) =>
      row(`sag-${index}`, index % 2 ? 'ccn-a' : 'ccn-b', '10.0.0.0/8'),
    )
    expect(run(rows, joined).found).toHaveLength(mostOverlaps)
    expect(run(rows, joined)).toMatchObject({ more: true })
    const two = [row('sag-1', 'ccn-a', '10.0.0.0/8'), row('sag-2', 'ccn-b', '10.0.0.0/8')]
    expect(run(two, joined, 1)).toMatchObject({ found: [{}], more: false })
  })

  test('are what comparing each with each finds', () => {
    const cidr = fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 22, max: 32 })).map(([place, length]) => {
      const size = 2 ** (32 - length)
      const address = 10 * 2 ** 24 + place * 16
      return `${numberToIpv4(address - (address % size))}/${length}`
    })
    const branch = fc.record({
      at: fc.constantFrom('ccn-a', 'ccn-b', 'ccn-c', 'ccn-d', undefined, 'ccn-of-others'),
      blocks: fc.uniqueArray(cidr, { maxLength: 4 }),
    })
    fc.assert(
      fc.property(fc.array(branch, { maxLength: 20 }), fc.boolean(), (branches, isApart) => {
        const networks = [network('ccn-a', 'cen-1', isApart ? 'disable' : 'enable'), ...joined.slice(1)]
        const rows = branches.map(({ at, blocks }, index) => row(`sag-${index}`, at, blocks.join()))
        expect(pairs(run(rows, networks))).toEqual(eachWithEach(rows, networks, isApart))
      }),
    )
  })

  test('of three thousand branches with several blocks each are found in about as many steps as there are blocks', () => {
    const networks = Array.from({ length: 12 }, (_, index) => network(`ccn-${index}`, `cen-${index % 2}`))
    const blocks = (index: number): string =>
      [0, 1, 2, 3].map((block) => `${10 + block}.${index >> 8}.${index % 250}.0/24`).join()
    const rows = Array.from({ length: 3000 }, (_, index) => row(`sag-${index}`, `ccn-${index % 12}`, blocks(index)))
    const work = overlapsIn(rows, networks)
    let rests = 0
    while (work.next().done !== true) rests += 1
    expect(run(rows, networks).found.length).toBeGreaterThan(100)
    // It rests every 500 steps; each row and each block is one, and so is each comparison.
    expect(rests * 500).toBeLessThan(3000 + 2 * 12_000 + 500)
  })

  test('are looked for in steps, also where many blocks lie in one another', () => {
    const rows = Array.from({ length: 1000 }, (_, index) => row(`sag-${index}`, 'ccn-a', '10.0.0.0/8'))
    const work = overlapsIn(rows, [network('ccn-a', 'cen-1', 'disable')])
    let steps = 0
    while (work.next().done !== true) steps += 1
    expect(steps).toBeGreaterThan(500)
  })
})

function eachWithEach(
  rows: readonly FleetRow[],
  networks: readonly PictureNetwork[],
  isApart: boolean,
): readonly string[] {
  const domain = (id: string | undefined): string | undefined => {
    const known = networks.find(({ CcnId }) => CcnId === id)
    return known && (known.AssociatedCenId ?? known.CcnId)
  }
  const claims = rows.flatMap((one) => (one.CidrBlock || undefined)?.split(',').map((cidr) => ({ one, cidr })) ?? [])
  const span = (cidr: string) => {
    const [address = '', length = ''] = cidr.split('/')
    const first = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
    return { first, last: first + 2 ** (32 - Number(length)) - 1 }
  }
  return claims
    .flatMap((a, index) =>
      claims.slice(index + 1).flatMap((b) => {
        const place = domain(a.one.AssociatedCcnId)
        if (a.one === b.one || place === undefined || place !== domain(b.one.AssociatedCcnId)) return []
        if (isApart && a.one.AssociatedCcnId === 'ccn-a' && b.one.AssociatedCcnId === 'ccn-a') return []
        if (!overlaps(span(a.cidr), span(b.cidr))) return []
        return [[`${a.one.SmartAGId} ${a.cidr}`, `${b.one.SmartAGId} ${b.cidr}`].sort().join(', ')]
      }),
    )
    .sort()
}
