import { z } from 'zod'
import type { Traffic } from '../model/traffic.ts'
import { createFleet } from '../store/fleet/create-fleet.ts'
import { deviceNetwork } from '../store/pops/device-network.ts'
import type { Reader } from '../store/store.ts'
import { command } from './command.ts'
import { serial, shown, unknownDevice } from './devices.ts'
import { moment } from './moment.ts'

export const deviceShow = command({
  name: 'device show',
  about:
    'Show a device and its network: the tunnels it should have and which of them it says are up, what it has learnt in its branch, leases, traffic, and whether it has the addresses of the branch as one of a pair.',
  input: z.object({ serial: serial.describe('Serial number') }),
  positional: ['serial'],
  run: ({ store, wallClock }, input) =>
    store.read(async (db) => {
      const { device, network } = await found(db, input.serial, wallClock())
      return {
        ...shown(device),
        tunnelAddress: network.address ?? null,
        tunnels: network.tunnels.map(({ since, ...tunnel }) => ({ ...tunnel, since: moment(since) })),
        learnt: network.learnt,
        pair: network.pair === undefined ? null : { ...network.pair, since: moment(network.pair.since) },
        leases: network.leases ?? null,
        receivedBytes: network.receivedBytes ?? null,
        sentBytes: network.sentBytes ?? null,
        lastHour: together(network.hour),
        lastDay: together(network.day),
        toldAt: moment(network.toldAt),
      }
    }),
})

export const deviceTraffic = command({
  name: 'device traffic',
  about:
    'Show how many bytes a device received and sent through its tunnels: the last hour by the minute, or the last day by the quarter of an hour. An interval that it has told nothing of is left out.',
  input: z.object({
    serial: serial.describe('Serial number'),
    day: z.boolean().default(false).describe('The last day, in place of the last hour'),
  }),
  positional: ['serial'],
  run: ({ store, wallClock }, input) =>
    store.read(async (db) => {
      const { network } = await found(db, input.serial, wallClock())
      return network[input.day ? 'day' : 'hour'].map(({ at, received, sent }) => ({
        at: moment(at),
        receivedBytes: received,
        sentBytes: sent,
      }))
    }),
})

/** @throws when it is not in the inventory */
async function found(db: Reader, serial: string, now: number) {
  const device = await createFleet(db).device(serial)
  if (device === undefined) throw unknownDevice(serial)
  return { device, network: await deviceNetwork(db, device, now) }
}

/** Null: nothing was told. */
function together(intervals: readonly Traffic[]): { receivedBytes: number; sentBytes: number } | null {
  if (intervals.length === 0) return null
  return {
    receivedBytes: intervals.reduce((sum, { received }) => sum + received, 0),
    sentBytes: intervals.reduce((sum, { sent }) => sum + sent, 0),
  }
}
