import { siteTags } from '@opensag/rules'
import { csvText } from '../app/csv.ts'
import { type FleetRow, healthOf } from './row.ts'
import { tagText, valueOfTag } from './tags.ts'

/** The instances as a table for a spreadsheet, with the words of the API. */
export function fleetCsv(rows: readonly FleetRow[], networkNames: ReadonlyMap<string, string>): string {
  const head = ['id', 'name', 'state', 'region', 'kind', 'model', 'version', 'serials', 'devices', 'online', 'network']
  return csvText([
    [...head, 'network_name', 'addresses', 'site', 'tags'],
    ...rows.map((row) => [
      row.SmartAGId,
      row.Name,
      healthOf(row),
      row.RegionId,
      row.InstanceType,
      row.HardwareVersion,
      row.SoftwareVersion,
      row.SerialNumber,
      row.DeviceCount,
      row.OnlineCount,
      row.AssociatedCcnId,
      networkNames.get(row.AssociatedCcnId ?? ''),
      row.CidrBlock,
      valueOfTag(row, siteTags.site),
      (row.Tags ?? []).map(tagText).join(','),
    ]),
  ])
}
