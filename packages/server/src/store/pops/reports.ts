import type { NetworkReport } from '@opensag/protocol'
import { heartbeatsSince } from '../../model/traffic.ts'
import { updateDevice } from '../gateways/device-update.ts'
import { recordEvent } from '../gateways/events.ts'
import type { Reader, Writer } from '../store.ts'
import { addTraffic } from './traffic.ts'

/** What a gateway says of its tunnels, its branch and its traffic: the newest counts, and what has come since the last. */
export async function saveNetworkReport(tx: Writer, serial: string, report: NetworkReport, at: number): Promise<void> {
  const text = JSON.stringify(report)
  const before = await findNetworkReport(tx, serial)
  const tunnel_up = Number(report.tunnels.some(({ isUp }) => isUp))
  const has_traffic = report.pair === undefined ? null : Number(report.pair.isActive)
  const device = await tx.selectFrom('device').select('has_traffic').where('serial', '=', serial).executeTakeFirst()
  // What it says first is no news of the other one, unless it is that the traffic is here.
  const isNews = (device?.has_traffic ?? 0) !== (has_traffic ?? 0) && has_traffic !== null
  await Promise.all([
    updateDevice(tx, { tunnel_up, has_traffic }, { serial }),
    isNews && recordEvent(tx, { serial, kind: has_traffic === 1 ? 'TrafficTaken' : 'TrafficLeft', at, detail: '' }),
    tx
      .insertInto('network_report')
      .values({ serial, at, report: text })
      .onConflict((conflict) => conflict.column('serial').doUpdateSet({ at, report: text }))
      .execute(),
    before &&
      addTraffic(
        tx,
        serial,
        { at: before.at, traffic: before.report.traffic },
        { at, traffic: report.traffic },
        heartbeatsSince(before.report.heartbeats, report.heartbeats),
      ),
  ])
}

/** What a gateway said and what it carried are its instance's, and not the next one's. */
export async function forgetNetworkReports(tx: Writer, serial: string): Promise<void> {
  for (const table of ['network_report', 'traffic'] as const) {
    await tx.deleteFrom(table).where('serial', '=', serial).execute()
  }
}

export interface StoredNetworkReport {
  readonly at: number
  readonly report: NetworkReport
}

export async function findNetworkReport(db: Reader, serial: string): Promise<StoredNetworkReport | undefined> {
  const row = await db
    .selectFrom('network_report')
    .select(['at', 'report'])
    .where('serial', '=', serial)
    .executeTakeFirst()
  return row && { at: row.at, report: JSON.parse(row.report) as NetworkReport }
}

/** Whether the tunnels of gateways to one point of presence are up, as each gateway said last. */
export async function tunnelsOf(db: Reader, pop: string): Promise<ReadonlyMap<string, 'up' | 'down'>> {
  const rows = await db
    .selectFrom('network_report')
    .innerJoin('device', 'device.serial', 'network_report.serial')
    .select(['network_report.serial', 'network_report.report', 'device.node'])
    .execute()
  const tunnels = new Map<string, 'up' | 'down'>()
  for (const { serial, report, node } of rows) {
    const told = (JSON.parse(report) as NetworkReport).tunnels.find((tunnel) => tunnel.pop === pop)
    // Of one that is away nothing is known.
    if (told !== undefined && node !== null) tunnels.set(serial, told.isUp ? 'up' : 'down')
  }
  return tunnels
}
