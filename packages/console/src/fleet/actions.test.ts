import { expect, test } from 'vitest'
import { ableOf } from './actions.ts'
import { newestVersions } from './filter.ts'
import type { FleetRow } from './row.ts'

function row(given: Partial<FleetRow>): FleetRow {
  return {
    ...{ SmartAGId: 'sag-1', RegionId: 'cn', InstanceType: 'hardware', Status: 'Active', BusinessState: 'Normal' },
    ...{ DeviceCount: 1, OnlineCount: 1, LockedCount: 0, CreateTime: 0, SerialNumber: 'sag1' },
    ...{ HardwareVersion: 'sag-1000', SoftwareVersion: '2.3.1.1' },
    ...given,
  } as FleetRow
}

test('each action counts those that it can be begun with', () => {
  const rows = [
    row({}),
    row({ SoftwareVersion: '2.2.0.7' }),
    row({ OnlineCount: 0, SoftwareVersion: '2.2.0.7', AssociatedCcnId: 'ccn-1' }),
    row({ InstanceType: 'vcpe', HardwareVersion: 'sag-vcpe' }),
    row({ InstanceType: 'app', DeviceCount: 0, OnlineCount: 0 }),
  ]
  const facts = { networkNames: new Map<string, string>(), newest: newestVersions(rows) }
  expect(ableOf(rows, facts)).toEqual({
    ...{ rotate: 2, restart: 3, upgrade: 1, synchronise: 3 },
    // In no network yet; and tags are for whatever there is.
    ...{ addToNetwork: rows.length - 1, tag: rows.length },
  })
})
