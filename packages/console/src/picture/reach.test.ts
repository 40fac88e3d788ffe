import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FleetRow } from '../fleet/row.ts'
import type { PictureNetwork } from './blocks.ts'
import { litWith, reaches } from './reach.ts'

const network = (CcnId: string, change: Partial<PictureNetwork> = {}): PictureNetwork => ({
  CcnId,
  RegionId: 'cn-shanghai',
  ...change,
})
const row = (AssociatedCcnId: string, InstanceType = 'hardware'): FleetRow =>
  ({ AssociatedCcnId, InstanceType }) as FleetRow

describe('whom a network reaches', () => {
  const networks = [
    network('ccn-a', { AssociatedCenId: 'cen-1' }),
    network('ccn-b', { AssociatedCenId: 'cen-1', AssociatedCloudBoxCount: '5', InterworkingStatus: 'disable' }),
    network('ccn-c', { AssociatedCenId: 'cen-2' }),
    network('ccn-d'),
    network('ccn-e', { AssociatedCenId: 'cen-1' }),
  ]
  const rows = [row('ccn-a'), row('ccn-b'), row('ccn-b'), row('ccn-b', 'app'), row('ccn-c'), row('ccn-d'), row('ccn-e')]
  const reach = reaches(networks, { rows, complete: true })
  const idsOf = (id: string) => reach.get(id)?.others.map(({ CcnId }) => CcnId)

  test('are the other networks of its CEN, with their gateways, and how many members of those one does not see', () => {
    expect(idsOf('ccn-a')).toEqual(['ccn-b', 'ccn-e'])
    expect(reach.get('ccn-a')).toMatchObject({ cenId: 'cen-1', gateways: 3, unseen: 2, inside: true })
    expect(reach.get('ccn-b')).toMatchObject({ gateways: 2, unseen: 0, inside: false })
  })

  test('is nobody without a CEN, or when nothing else is attached to it', () => {
    expect(reach.get('ccn-d')).toMatchObject({ cenId: undefined, others: [], gateways: 0 })
    expect(reach.get('ccn-c')).toMatchObject({ cenId: 'cen-2', others: [], gateways: 0 })
  })

  test('is not known of a network that is not in the list', () => {
    expect(reach.has('ccn-of-others')).toBe(false)
    expect([...litWith('ccn-of-others', undefined)]).toEqual(['ccn-of-others'])
  })

  test('are lit with it', () => {
    expect([...litWith('ccn-e', reach.get('ccn-e'))]).toEqual(['ccn-e', 'ccn-a', 'ccn-b'])
  })

  test('is mutual, and never itself', () => {
    const cen = fc.option(fc.constantFrom('cen-1', 'cen-2', 'cen-3'), { nil: undefined })
    fc.assert(
      fc.property(fc.array(cen, { maxLength: 12 }), (cens) => {
        const given = cens.map((cenId, index) => network(`ccn-${index}`, cenId && { AssociatedCenId: cenId }))
        const found = reaches(given, { rows: [], complete: true })
        for (const [id, { others }] of found) {
          for (const other of others) {
            expect(other.CcnId).not.toBe(id)
            expect(found.get(other.CcnId)?.others.map(({ CcnId }) => CcnId)).toContain(id)
          }
        }
      }),
    )
  })
})
