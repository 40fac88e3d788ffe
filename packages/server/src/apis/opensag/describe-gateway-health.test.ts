import { expect, test } from 'vitest'
import { endings } from '../../model/endings.ts'
import { recordEvent } from '../../store/gateways/events.ts'
import { setConnected, setOffline } from '../../store/gateways/presence.ts'
import { otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { describeGatewayHealth as operation } from './describe-gateway-health.ts'

const minute = 60_000

testOperation(operation, (world) => {
  const node = 'node-1'
  const ago = (minutes: number): number => world().wallNow - minutes * minute
  const time = (minutes: number): string => new Date(ago(minutes)).toISOString()
  const devices = async (id: string, params: Readonly<Record<string, string>> = {}) =>
    (await world().call(operation, { SmartAGId: id, ...params }))['Devices']
  const comes = (serial: string, minutes: number) =>
    world().store.write((tx) => setConnected(tx, serial, { node, at: ago(minutes) }))
  const goes = (serial: string, minutes: number, heard: number) =>
    world().store.write((tx) =>
      setOffline(tx, serial, { node, at: ago(minutes), reason: endings.silent, heardAt: ago(heard) }),
    )

  test('one that is away: since when, when it was heard last, that nobody knows why, and what is not the reason', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id, { connected: false })
    await comes(serial, 600)
    await goes(serial, 30, 31)
    const other = await world().addDevice(await world().addInstance(), { connected: true })
    expect(other).not.toBe(serial)
    expect(await devices(id)).toEqual([
      {
        SerialNumber: serial,
        State: 'Offline',
        OfflineSince: time(30),
        LastHeartbeat: time(31),
        Cause: 'Unknown',
        Ending: endings.silent,
        RuledOut: ['OfflineLock', 'Subscription', 'Restart', 'SecondIdentity', 'Server'],
        Periods: [
          { From: time(600), To: time(30), State: 'Online' },
          { From: time(30), State: 'Offline', Ending: endings.silent },
        ],
      },
    ])
  })

  test('a second identity counts only when it came after it had gone', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id, { connected: false })
    const hacked = (minutes: number) =>
      world().store.write((tx) => recordEvent(tx, { serial, kind: 'DeviceHacked', at: ago(minutes), detail: '' }))
    await comes(serial, 600)
    await hacked(90)
    await goes(serial, 30, 31)
    expect(await devices(id)).toMatchObject([{ Cause: 'Unknown' }])
    await hacked(20)
    expect(await devices(id)).toMatchObject([{ Cause: 'SecondIdentity' }])
  })

  test('once it is back it is online, and of when it was heard before nothing is told', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id, { connected: false })
    await comes(serial, 600)
    await goes(serial, 30, 31)
    await comes(serial, 5)
    const [told] = (await devices(id, { Hours: '1' })) as readonly unknown[]
    expect(told).toMatchObject({ State: 'Online', ConnectedAt: time(5), RuledOut: [], Periods: { length: 3 } })
    expect(told).not.toHaveProperty('LastHeartbeat')
    expect(told).not.toHaveProperty('Cause')
  })

  test('the server is not ruled out by gateways of another account, nor by itself', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id, { connected: false, connectedAt: 1, lastSeenAt: 2 })
    await world().addDevice(await world().addInstance({ accountId: otherAccountId }))
    expect(await devices(id)).toMatchObject([
      { RuledOut: ['OfflineLock', 'Subscription', 'Restart', 'SecondIdentity'] },
    ])
    await world().setDevice(serial, { connected: true, lockedSince: 5 })
    expect(await devices(id)).toMatchObject([{ Cause: 'OfflineLock', RuledOut: { length: 3 } }])
  })

  test('400/SAG.InstanceNoFound: no such instance, none named, or another account’s', async () => {
    const id = await world().addInstance({ accountId: otherAccountId })
    for (const params of [{}, { SmartAGId: 'sag-none' }, { SmartAGId: id }]) {
      expect(await world().refused(operation, params)).toBe('SAG.InstanceNoFound')
    }
  })

  test('400/InvalidHours: more than thirty days', async () => {
    const id = await world().addInstance()
    expect(await world().refused(operation, { SmartAGId: id, Hours: '721' })).toBe('InvalidHours')
  })
})
