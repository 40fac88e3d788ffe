import { expect, test } from 'vitest'
import { nearestFilter } from './nearest.ts'
import type { FleetRow } from './row.ts'

function row(name: string, more: Partial<FleetRow>): FleetRow {
  return { SmartAGId: `sag-${name}`, RegionId: 'cn-shanghai', Name: name, Tags: [], ...more } as FleetRow
}

const rows = [
  row('Lyon-Part-Dieu', {
    Tags: [
      { Key: 'env', Value: 'prod' },
      { Key: 'site', Value: 'Lyon' },
    ],
  }),
  row('turin', { RegionId: 'eu-central-1', AssociatedCcnId: 'ccn-1' }),
]
const facts = { networkNames: new Map([['ccn-1', 'Retail south']]), newest: new Map() }

test.each([
  ['lyn', 'lyon'],
  ['tuirn', 'turin'],
  ['lyon-part-diue', 'lyon-part-dieu'],
  ['region:eu-centrall-1', 'region:eu-central-1'],
  ['network:"retail sout"', 'network:"retail south"'],
  ['tag:env=prd', 'tag:env=prod'],
  ['site:lion', 'site:lyon'],
  ['lyn region:cn-shanghai', 'lyon region:cn-shanghai'],
  // Each is true of a row, and both of none.
  ['lyn region:eu-central-1', undefined],
  ['hamburg', undefined],
  ['xy', undefined],
  ['id:sag-x', undefined],
])('%j means %j', (typed, meant) => {
  expect(nearestFilter(typed, rows, facts)).toBe(meant)
})
