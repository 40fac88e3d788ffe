import { expect, test } from 'vitest'
import { setConnected } from '../../store/gateways/presence.ts'
import { addTraffic } from '../../store/pops/traffic.ts'
import { countUsersOnline } from '../../store/series/user-steps.ts'
import { otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { addApp, addSession, addUser } from '../testing/remote-users.suite.ts'
import { describeMetricSeries as operation } from './describe-metric-series.ts'

const minute = 60_000
const quarter = 15 * minute

testOperation(operation, (world) => {
  const time = (at: number): string => new Date(at).toISOString()
  const seconds = (at: number): string => `${time(at).slice(0, 19)}Z`

  test('each device with what is known of each step, from the beginning of the first to now', async () => {
    world().wallNow = Math.floor(world().wallNow / quarter) * quarter + 2 * minute
    const now = world().wallNow
    const id = await world().addInstance()
    const [serial, silent] = [await world().addDevice(id), await world().addDevice(id, { serial: 'sagzz' })]
    const began = now - 2 * minute
    await world().store.write((tx) => setConnected(tx, serial, { node: 'n', at: began - minute }))
    const none = { received: 0, sent: 0, packets: 0, dropped: 0 }
    const count = { received: 3000, sent: 300, packets: 30, dropped: 3 }
    await world().store.write((tx) =>
      addTraffic(tx, serial, { at: began - minute, traffic: none }, { at: now, traffic: count }),
    )
    const told = await world().call(operation, { SmartAGId: id, StartTime: seconds(began - 1000) })
    expect(told).toEqual({
      Period: 900,
      StartTime: time(began - quarter),
      EndTime: time(now + 1),
      Devices: [
        {
          SerialNumber: serial,
          Steps: [
            {
              Time: time(began - quarter),
              KnownSeconds: 900,
              ReceivedBytes: 1000,
              SentBytes: 100,
              Packets: 10,
              DroppedPackets: 1,
              OnlineSeconds: 60,
            },
            {
              Time: time(began),
              KnownSeconds: 120,
              ReceivedBytes: 2000,
              SentBytes: 200,
              Packets: 20,
              DroppedPackets: 2,
              OnlineSeconds: 120,
            },
          ],
        },
        { SerialNumber: silent, Steps: [] },
      ],
      RemoteUsers: [],
    })
    expect(await world().call(operation, { SmartAGId: id, EndTime: seconds(began) })).toMatchObject({
      Devices: [{ Steps: [{ ReceivedBytes: 1000 }] }, {}],
    })
  })

  test('remote users of a SAG APP: most at once, and the mean of all looks', async () => {
    const id = await addApp(world())
    await countUsersOnline(world().store, world().wallNow)
    await addUser(world(), id, 'anna')
    await addSession(world(), id, 'anna', '10.9.0.2')
    await world().store.write((tx) => tx.updateTable('instance').set({ created_at: 0 }).execute())
    world().wallNow += 24 * 60 * minute
    const looked = Math.floor(world().wallNow / quarter) * quarter
    for (const minutes of [0, 1, 2]) await countUsersOnline(world().store, looked + minutes * minute)
    world().wallNow = looked + 3 * minute
    expect(await world().call(operation, { SmartAGId: id, Period: '3600' })).toMatchObject({
      Devices: [],
      RemoteUsers: [{ Most: 1, Mean: '1.0' }],
    })
  })

  test('InvalidParameter: a step of another length, a time that is none, an end before the beginning, more than 1000 steps', async () => {
    const id = await world().addInstance()
    const now = seconds(world().wallNow)
    for (const params of [
      { Period: '59' },
      { Period: '61' },
      { Period: '43201' },
      { StartTime: now, EndTime: now },
      { StartTime: seconds(world().wallNow - 1001 * quarter) },
      { StartTime: seconds(world().wallNow - 1001 * minute), Period: '60' },
    ]) {
      expect(await world().refused(operation, { SmartAGId: id, ...params })).toBe('InvalidParameter')
    }
    expect(
      await world().call(operation, { SmartAGId: id, StartTime: seconds(world().wallNow - 999 * quarter) }),
    ).toMatchObject({ Period: 900 })
  })

  test('InvalidParameter: remote users by the minute, in which nobody counts them; gateways are', async () => {
    const [app, gateway] = [await addApp(world()), await world().addInstance()]
    expect(await world().refused(operation, { SmartAGId: app, Period: '60' })).toBe('InvalidParameter')
    expect(await world().call(operation, { SmartAGId: gateway, Period: '60' })).toMatchObject({ Period: 60 })
  })

  test('400/SAG.InstanceNoFound: no such instance, none named, in another region, or another account’s', async () => {
    const id = await world().addInstance({ accountId: otherAccountId })
    const here = await world().addInstance()
    for (const params of [
      {},
      { SmartAGId: 'sag-none' },
      { SmartAGId: id },
      { SmartAGId: here, RegionId: 'cn-hangzhou' },
    ]) {
      expect(await world().refused(operation, params)).toBe('SAG.InstanceNoFound')
    }
  })
})
