import type { Gateway } from '@opensag/rotation'
import { type FleetRow, serialsOf } from './row.ts'

/** The devices of the fleet as a rotation sees them. Of a pair the active one is listed first. */
export function gatewaysOf(rows: readonly FleetRow[]): readonly Gateway[] {
  return rows.flatMap((row) =>
    serialsOf(row).map(
      (serial, index): Gateway => ({
        regionId: row.RegionId,
        instanceId: row.SmartAGId,
        instanceName: row.Name,
        ccnId: row.AssociatedCcnId,
        serial,
        model: row.HardwareVersion,
        version: row.SoftwareVersion,
        role: index === 0 ? 'active' : 'standby',
        online: row.OnlineCount > index,
      }),
    ),
  )
}
