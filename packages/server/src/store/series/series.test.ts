import type { HeartbeatCount } from '@opensag/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Harness, openHarness } from '../../apis/testing/harness.suite.ts'
import { addApp, addSession, addUser } from '../../apis/testing/remote-users.suite.ts'
import { type Step, seriesSpans, stepOf } from '../../model/metric-series.ts'
import { findDevice } from '../fleet/lookups.ts'
import { setConnected, setOffline } from '../gateways/presence.ts'
import { saveNetworkReport } from '../pops/reports.ts'
import { addTraffic } from '../pops/traffic.ts'
import { keepAllSeries, keepEveryMs, keepSeries } from './keep.ts'
import { keepSteps, keptSteps, packed, type SeriesOf, unpacked } from './packs.ts'
import { Series, stepLengths } from './series.ts'
import { countUsersOnline } from './user-steps.ts'

let world: Harness
beforeEach(async () => {
  world = await openHarness()
})
afterEach(() => world.close())

const { quarter, half } = seriesSpans
const minute = 60_000
const day = 86_400_000
/** A noon, so that half days begin with it. */
const noon = stepOf(1_790_000_000_000, day) + day / 2
const none = { received: 0, sent: 0 }

async function gateway(): Promise<SeriesOf> {
  const instanceId = await world.addInstance()
  return { instanceId, subject: await world.addDevice(instanceId) }
}

function carries(serial: string, at: number, received: number): Promise<void> {
  const before = { at: at - minute, traffic: none }
  const traffic = { received, sent: Math.floor(received / 10), packets: 10, dropped: 1 }
  const counted = { ...before, traffic: { ...none, packets: 0, dropped: 0 } }
  return world.store.write((tx) => addTraffic(tx, serial, counted, { at, traffic }))
}

const keep = (of: SeriesOf, now: number) => world.store.write((tx) => keepSeries(tx, of, now))
const kept = (of: SeriesOf, span: 'quarter' | 'half' = 'quarter') =>
  world.store.read((db) => keptSteps(db, of, span, { from: 0, to: 2 * noon }))

async function shown(
  { instanceId, subject }: SeriesOf,
  stepMs: number,
  now: number,
  from = 0,
): Promise<readonly Step[]> {
  return world.store.read(async (db) => {
    const device = await findDevice(db, subject)
    if (device === undefined) throw new Error('There is no such device.')
    return new Series(db).ofGateway(instanceId, device, { from, to: now + 1, stepMs, now })
  })
}

test('steps are the same after they were packed, what is not known among them', () => {
  const begin = stepOf(noon, quarter.packMs)
  const steps = [
    { at: begin, received: 0, sent: 5, told: 900 },
    { at: begin + 95 * quarter.stepMs, offline: 900 },
  ]
  expect(unpacked(packed(steps, 'quarter', begin), 'quarter', begin)).toEqual(steps)
})

test('what a gateway counted stays when it is counted no more, and putting it away again changes nothing', async () => {
  const of = await gateway()
  await carries(of.subject, noon + minute, 1000)
  await keep(of, noon + 2 * minute)
  await carries(of.subject, noon + 3 * minute, 500)
  await keep(of, noon + 4 * minute)
  const steps = [{ at: noon, received: 1500, sent: 150, packets: 20, dropped: 2, told: 240 }]
  expect(await kept(of)).toEqual(steps)
  await keep(of, noon + 4 * minute)
  // Long after: of what the gateway counted then nothing is left but this.
  await carries(of.subject, noon + 3 * day, 7)
  await keep(of, noon + 3 * day)
  expect((await kept(of)).slice(0, 1)).toEqual(steps)
  expect(await kept(of, 'half')).toEqual(
    [
      { at: noon, received: 1500, sent: 150, packets: 20, dropped: 2, told: 240 },
      expect.objectContaining({ at: noon + 3 * day - half.stepMs, received: 7 }),
    ].sort((one, other) => one.at - other.at),
  )
})

test('half a day has what its quarters of an hour have, those of today before they are put away', async () => {
  const of = await gateway()
  for (const hours of [1, 5, 11, 13]) await carries(of.subject, noon + hours * 60 * minute + minute, 100)
  const now = noon + 14 * 60 * minute
  const halves = [
    { at: noon, received: 300 },
    { at: noon + half.stepMs, received: 100 },
  ]
  expect(await shown(of, half.stepMs, now)).toMatchObject(halves)
  await keep(of, now)
  expect(await shown(of, half.stepMs, now)).toMatchObject(halves)
  expect(await shown(of, stepLengths.hour, now)).toMatchObject([{}, {}, {}, {}].map(() => ({ received: 100 })))
  expect(await shown(of, half.stepMs, now + 200 * day)).toMatchObject(halves)
})

test('a gateway that is away has a gap with its seconds, also when it comes back with a count of all that time', async () => {
  const of = await gateway()
  const serial = of.subject
  await world.store.write((tx) => setConnected(tx, serial, { node: 'n', at: noon }))
  await world.store.write((tx) => setOffline(tx, serial, { node: 'n', at: noon + 15 * minute, reason: 'gone' }))
  await world.store.write((tx) => setConnected(tx, serial, { node: 'n', at: noon + 45 * minute }))
  const [before, after] = [noon + minute, noon + 46 * minute]
  await world.store.write((tx) =>
    addTraffic(tx, serial, { at: before, traffic: none }, { at: after, traffic: { received: 45, sent: 0 } }),
  )
  expect(await shown(of, quarter.stepMs, after)).toEqual([
    { at: noon, received: 14, sent: 0, told: 900, online: 900 },
    { at: noon + 15 * minute, offline: 900 },
    { at: noon + 30 * minute, offline: 900 },
    { at: noon + 45 * minute, received: 1, sent: 0, told: 60, online: 60 },
  ])
  expect((await shown(of, stepLengths.minute, after)).find(({ at }) => at === noon + 20 * minute)).toEqual({
    at: noon + 20 * minute,
    offline: 60,
  })
})

test('remote users: most and sum in a step; none where somebody looked, and two looks in a minute count once', async () => {
  const [app, other] = [await addApp(world), await addApp(world)]
  const counted = () =>
    world.store.read((db) =>
      new Series(db).ofUsers(app, { from: 0, to: 2 * noon, stepMs: quarter.stepMs, now: noon + 20 * minute }),
    )
  await world.store.write((tx) =>
    tx
      .updateTable('instance')
      .set({ created_at: noon - day })
      .execute(),
  )
  await countUsersOnline(world.store, noon)
  for (const [name, address] of [
    ['anna', '10.9.0.2'],
    ['bert', '10.9.0.3'],
  ] as const) {
    await addUser(world, app, name)
    await addSession(world, app, name, address)
  }
  await addUser(world, other, 'carl')
  await addSession(world, other, 'carl', '10.9.0.2')
  for (const at of [noon + minute, noon + minute + 59_000, noon + 15 * minute]) await countUsersOnline(world.store, at)
  await world.store.write((tx) => tx.deleteFrom('client_session').execute())
  await countUsersOnline(world.store, noon + 16 * minute)
  const steps = [
    { at: noon, looks: 2, users: 2, most: 2 },
    { at: noon + 15 * minute, looks: 2, users: 2, most: 2 },
  ]
  expect(await counted()).toEqual(steps)
  await keep({ instanceId: app, subject: '' }, noon + 20 * minute)
  await world.store.write((tx) => tx.deleteFrom('client_load').execute())
  expect(await counted()).toEqual(steps)
})

test('each look puts away what is due, those of nobody twice, and forgets what is too old', async () => {
  const [of, away] = [await gateway(), await gateway()]
  await world.store.write((tx) =>
    tx.updateTable('device').set({ connected_at: noon }).where('serial', '=', of.subject).execute(),
  )
  await world.store.write((tx) =>
    tx.updateTable('device').set({ connected_at: null }).where('serial', '=', away.subject).execute(),
  )
  const app = await addApp(world)
  const look = (now: number) => keepAllSeries(world.store, now, () => false)
  const marks = () =>
    world.store.read((db) => db.selectFrom('series_kept').select(['subject', 'at']).orderBy('subject').execute())
  await carries(of.subject, noon + minute, 1000)
  await look(noon + 2 * minute)
  await look(noon + 3 * minute)
  expect(await marks()).toEqual([
    { subject: '', at: noon + 2 * minute },
    { subject: of.subject, at: noon + 2 * minute },
  ])
  await look(noon + 2 * minute + keepEveryMs)
  expect((await marks()).map(({ at }) => at)).toEqual(
    [noon + 2 * minute, noon + 2 * minute].map((at) => at + keepEveryMs),
  )
  const rows = (span: 'quarter' | 'half') =>
    world.store.read((db) => keptSteps(db, of, span, { from: 0, to: noon + day }))
  await look(noon + 32 * day)
  expect([(await rows('quarter')).length, (await rows('half')).length]).toEqual([0, 1])
  await look(noon + 396 * day)
  expect(await rows('half')).toEqual([])
  expect(await kept({ instanceId: app, subject: '' })).not.toEqual([])
})

test('one that is damaged keeps nobody else waiting, and is told of', async () => {
  const [broken, whole] = [await gateway(), await gateway()]
  await world.store.write((tx) => tx.updateTable('device').set({ connected_at: noon }).execute())
  for (const { subject } of [broken, whole]) await carries(subject, noon + minute, 1000)
  await keep(broken, noon + minute)
  await world.store.write((tx) =>
    tx
      .updateTable('series')
      .set({ steps: Buffer.from('no steps') })
      .where('subject', '=', broken.subject)
      .execute(),
  )
  const look = (now: number) => keepAllSeries(world.store, now, () => false)
  const next = noon + minute + keepEveryMs
  await expect(look(next)).rejects.toThrow('1 series could not be put away')
  expect((await kept(whole))[0]).toMatchObject({ at: noon, received: 1000 })
  // It has had its turn.
  await look(next + minute)
})

test('what a device counts elsewhere is not of the instance that it has left', async () => {
  const of = await gateway()
  const { instanceId } = await gateway()
  await world.store.write((tx) =>
    tx.updateTable('device').set({ instance_id: instanceId }).where('serial', '=', of.subject).execute(),
  )
  await carries(of.subject, noon + minute, 1000)
  await keep(of, noon + 2 * minute)
  expect(await kept(of)).toEqual([])
})

test('a year of a busy gateway takes less than 90 kB', async () => {
  const of = await gateway()
  let seed = 1
  const some = (most: number): number => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % most
  }
  const step = (at: number, length: number): Step => ({
    at,
    told: length,
    received: some(2 ** 30) * 64,
    sent: some(2 ** 30) * 16,
    packets: some(2 ** 26),
    dropped: some(2000),
    online: length,
    beats: length / 15,
    lost: some(3),
    trip: some(20_000),
  })
  const steps = Array.from({ length: 96 }, (_, index) => step(noon + index * quarter.stepMs, 900))
  const halves = Array.from({ length: 60 }, (_, index) => step(index * half.stepMs, 43_200))
  const bytes = 31 * packed(steps, 'quarter', noon).length + 14 * packed(halves, 'half', 0).length
  expect(bytes).toBeLessThan(90_000)
  expect(bytes).toBeGreaterThan(20_000)
  await world.store.write((tx) => keepSteps(tx, of, 'half', halves))
  expect(await kept(of, 'half')).toEqual(halves)
})

test('heartbeats since the report before are of the step of now; earlier programs, and the first report, tell of none', async () => {
  const of = await gateway()
  const says = (minutes: number, heartbeats?: HeartbeatCount) => {
    const report = { tunnels: [], learnt: [], leases: 0, traffic: none, ...(heartbeats && { heartbeats }) }
    return world.store.write((tx) => saveNetworkReport(tx, of.subject, report, noon + minutes * minute))
  }
  await says(1)
  await says(2, { sent: 100, lost: 50, ms: 9000 })
  await says(3, { sent: 104, lost: 51, ms: 9090 })
  await says(4)
  await says(5, { sent: 2, lost: 0, ms: 50 })
  await says(6, { sent: 6, lost: 0, ms: 150 })
  // A program that has begun anew.
  await says(16, { sent: 1, lost: 0, ms: 7 })
  expect(await shown(of, quarter.stepMs, noon + 17 * minute)).toMatchObject([
    { at: noon, beats: 8, lost: 1, trip: 190 },
    { at: noon + 15 * minute, beats: 1, lost: 0, trip: 7 },
  ])
})
