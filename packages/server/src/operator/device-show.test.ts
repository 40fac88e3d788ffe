import type { NetworkReport } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { testInWorld } from '../apis/testing/harness.suite.ts'
import { addCcn, change, putInto } from '../apis/testing/networks.suite.ts'
import { addPop } from '../store/pops/pops.ts'
import { saveNetworkReport } from '../store/pops/reports.ts'
import type { OperatorContext } from './command.ts'
import { deviceShow, deviceTraffic } from './device-show.ts'

testInWorld('a device, for the operator', (world) => {
  const minute = 60_000
  const context = (): OperatorContext => ({ store: world().store, wallClock: () => 130 * minute }) as OperatorContext
  const show = (serial: string) => deviceShow.run(context(), deviceShow.input.parse({ serial }))
  const traffic = (given: unknown) => deviceTraffic.run(context(), deviceTraffic.input.parse(given))

  const report = (received: number, sent: number): NetworkReport => ({
    tunnels: [{ pop: 'pop1', isUp: true, since: 0 }],
    learnt: ['10.8.0.0/24'],
    leases: 3,
    pair: { isActive: true, since: 0 },
    traffic: { received, sent },
  })
  const say = (serial: string, at: number, ...traffic: readonly [number, number]): Promise<void> =>
    world().store.write((tx) => saveNetworkReport(tx, serial, report(...traffic), at))

  test('it is shown with the tunnels it should have, and what it said of them last', async () => {
    await world().addDevice(undefined, { serial: 'pop1', model: 'pop' })
    await world().store.write((tx) => addPop(tx, { serial: 'pop1', endpoint: '203.0.113.1', at: 0 }))
    const id = await world().addInstance()
    const serial = await world().addDevice(id, { connected: true })
    await putInto(world(), id, await addCcn(world()))
    const tunnel = { pop: 'pop1', endpoint: '203.0.113.1' }
    expect(await show(serial)).toMatchObject({
      serial,
      instanceId: id,
      tunnelAddress: '198.18.0.2',
      tunnels: [{ ...tunnel, tunnel: 'unknown', since: null }],
      pair: null,
      leases: null,
      lastHour: null,
      lastDay: null,
      toldAt: null,
    })
    await say(serial, 1000, 7, 8)
    expect(await show(serial)).toMatchObject({
      tunnels: [{ ...tunnel, tunnel: 'up', since: '1970-01-01T00:00:00.000Z' }],
      learnt: ['10.8.0.0/24'],
      pair: { state: 'active', since: '1970-01-01T00:00:00.000Z' },
      leases: 3,
      receivedBytes: 7,
      sentBytes: 8,
      // What came before its first word may be of any time.
      lastHour: null,
      toldAt: '1970-01-01T00:00:01.000Z',
    })
    await world().setDevice(serial, { connected: false })
    expect(await show(serial)).toMatchObject({
      tunnels: [{ ...tunnel, tunnel: 'unknown' }],
      pair: { state: 'unknown' },
    })
    await change(world(), ({ networks }) => networks.unbind(id))
    expect(await show(serial)).toMatchObject({ tunnelAddress: null, tunnels: [] })
  })

  test('its traffic: the last hour by the minute and the last day by the quarter of an hour', async () => {
    const serial = await world().addDevice(await world().addInstance(), { connected: true })
    await say(serial, 65 * minute, 1000, 100)
    // Two words in one minute are one interval.
    await say(serial, 127 * minute + 1, 1000, 100)
    await say(serial, 127 * minute + 2, 1300, 130)
    await say(serial, 127 * minute + 3, 1500, 150)
    // Its counters began anew.
    await say(serial, 128 * minute, 60, 6)
    const [first, ...others] = (await traffic({ serial })) as readonly unknown[]
    expect(first).toEqual({ at: '1970-01-01T01:11:00.000Z', receivedBytes: 0, sentBytes: 0 })
    expect(others.slice(-2)).toEqual([
      { at: '1970-01-01T02:07:00.000Z', receivedBytes: 560, sentBytes: 56 },
      { at: '1970-01-01T02:08:00.000Z', receivedBytes: 0, sentBytes: 0 },
    ])
    expect(await traffic({ serial, day: true })).toEqual([
      { at: '1970-01-01T01:00:00.000Z', receivedBytes: 0, sentBytes: 0 },
      { at: '1970-01-01T01:15:00.000Z', receivedBytes: 0, sentBytes: 0 },
      { at: '1970-01-01T01:30:00.000Z', receivedBytes: 0, sentBytes: 0 },
      { at: '1970-01-01T01:45:00.000Z', receivedBytes: 0, sentBytes: 0 },
      { at: '1970-01-01T02:00:00.000Z', receivedBytes: 560, sentBytes: 56 },
    ])
    expect(await show(serial)).toMatchObject({
      lastHour: { receivedBytes: 560, sentBytes: 56 },
      lastDay: { receivedBytes: 560, sentBytes: 56 },
    })
  })

  test('the rows of its traffic are bounded, however long and however often it tells', async () => {
    const serial = await world().addDevice(await world().addInstance(), { connected: true })
    for (let n = 0; n < 60; n += 1) await say(serial, n * 29 * minute, n * 1000, 0)
    const rows = await world().store.read((db) =>
      db.selectFrom('traffic').select('span').where('serial', '=', serial).execute(),
    )
    expect(rows.filter(({ span }) => span === 'hour')).toHaveLength(60)
    expect(rows.filter(({ span }) => span === 'day')).toHaveLength(96)
    // Of an interval that has come round again only the new bytes are there.
    const context: Partial<OperatorContext> = { store: world().store, wallClock: () => 59 * 29 * minute }
    const hour = (await deviceTraffic.run(context as OperatorContext, {
      serial,
      day: false,
    })) as readonly { readonly receivedBytes: number }[]
    expect(hour).toHaveLength(60)
    expect(Math.max(...hour.map(({ receivedBytes }) => receivedBytes))).toBeLessThanOrEqual(35)
  })

  test('what it carried for one instance is not shown with the next one', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id, { connected: true })
    await say(serial, 100 * minute, 0, 0)
    await say(serial, 101 * minute, 5, 5)
    expect(await show(serial)).toMatchObject({ lastHour: { receivedBytes: 5 }, leases: 3 })
    await change(world(), ({ fleet }) => fleet.unbind(serial))
    expect(await show(serial)).toMatchObject({ lastHour: null, lastDay: null, leases: null })
    await say(serial, 102 * minute, 9, 9)
    expect(await show(serial)).toMatchObject({ lastHour: null })
  })

  test('one that is not in the inventory is refused', async () => {
    await expect(show('sag00000099')).rejects.toThrow('is not in the inventory')
    await expect(traffic({ serial: 'sag00000099' })).rejects.toThrow('is not in the inventory')
  })
})
