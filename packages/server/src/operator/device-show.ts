import { z } from 'zod'
import { configFor } from '../model/desired-config.ts'
import { createFleet } from '../store/fleet/create-fleet.ts'
import { findDesiredConfig } from '../store/gateways/configurations.ts'
import { findNetworkReport } from '../store/pops/reports.ts'
import { command } from './command.ts'
import { serial, shown, unknownDevice } from './devices.ts'
import { moment } from './moment.ts'

export const deviceShow = command({
  name: 'device show',
  about:
    'Show a device and its network: the tunnels it should have and which of them it says are up, what it has learnt in its branch, leases, and traffic.',
  input: z.object({ serial: serial.describe('Serial number') }),
  positional: ['serial'],
  run: ({ store }, input) =>
    store.read(async (db) => {
      const device = await createFleet(db).device(input.serial)
      if (device === undefined) throw unknownDevice(input.serial)
      const desired = await findDesiredConfig(db, input.serial)
      const network = desired && configFor(desired.config, input.serial).network
      const told = await findNetworkReport(db, input.serial)
      const since = (pop: string) => told?.report.tunnels.find((tunnel) => tunnel.pop === pop)
      return {
        ...shown(device),
        tunnelAddress: network?.address ?? null,
        tunnels: (network?.pops ?? []).map(({ serial: pop, endpoint }) => ({
          pop,
          endpoint,
          tunnel: tunnelState(device.connected, since(pop)?.isUp),
          since: moment(since(pop)?.since),
        })),
        learnt: told?.report.learnt ?? [],
        leases: told?.report.leases ?? null,
        receivedBytes: told?.report.traffic.received ?? null,
        sentBytes: told?.report.traffic.sent ?? null,
        toldAt: moment(told?.at),
      }
    }),
})

/** Of one that is away nothing is known. */
function tunnelState(isConnected: boolean, isUp: boolean | undefined): 'up' | 'down' | 'unknown' {
  if (!isConnected || isUp === undefined) return 'unknown'
  return isUp ? 'up' : 'down'
}
