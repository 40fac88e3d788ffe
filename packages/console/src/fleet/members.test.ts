import { describe, expect, test } from 'vitest'
import { areAllSeen, memberCount } from './members.ts'
import type { FleetRow } from './row.ts'

const row = (AssociatedCcnId: string): FleetRow => ({ AssociatedCcnId }) as FleetRow
const network = (AssociatedCloudBoxCount?: string) => ({
  CcnId: 'ccn-1',
  ...(AssociatedCloudBoxCount && { AssociatedCloudBoxCount }),
})

describe('the members of a network', () => {
  test('are all seen when as many are listed as the network has', () => {
    const rows = [row('ccn-1'), row('ccn-2'), row('ccn-1')]
    expect(areAllSeen(network('2'), { rows, complete: true })).toBe(true)
    expect(areAllSeen(network('0'), { rows: [], complete: true })).toBe(true)
  })

  test('are not known when one is left out, when the list is not whole, or when their number is not told', () => {
    const rows = [row('ccn-1')]
    expect(areAllSeen(network('2'), { rows, complete: true })).toBe(false)
    expect(areAllSeen(network('1'), { rows, complete: false })).toBe(false)
    expect(areAllSeen(network(), { rows: [], complete: true })).toBe(false)
    expect(memberCount(network())).toBeUndefined()
  })
})
