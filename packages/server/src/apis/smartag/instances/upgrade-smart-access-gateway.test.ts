import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { findDesiredConfig } from '../../../store/gateways/configurations.ts'
import { addPop } from '../../../store/pops/pops.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, change } from '../../testing/networks.suite.ts'
import { addApp } from '../../testing/remote-users.suite.ts'
import { upgradeSmartAccessGateway as operation } from './upgrade-smart-access-gateway.ts'

testOperation(operation, (world) => {
  const request = (SmartAGId: string, more: Readonly<Record<string, string>> = {}) => ({
    RegionId: regionId,
    SmartAGId,
    AutoPay: 'true',
    ...more,
  })
  const refused = (id: string, more: Readonly<Record<string, string>>) => world().refused(operation, request(id, more))
  const bandwidth = async (id: string) => (await world().fleet.instanceById(id))?.maxBandwidth

  test('an order that is paid at once gives the gateways and points of presence the bandwidth at once', async () => {
    await world().fleet.addDevice({
      ...{ serial: 'pop1', model: 'pop', version: '0.0.0.0', resettable: false, createdAt: 0 },
      enrolmentKey: Secret.of('key'),
    })
    await world().store.write((tx) => addPop(tx, { serial: 'pop1', endpoint: '203.0.113.1', at: 0 }))
    const id = await world().addInstance()
    const serial = await world().addDevice(id)
    await addCcn(world(), {}, id)
    world().told.length = 0
    const answer = await world().call(operation, request(id, { BandWidthSpec: '100' }))
    expect(answer).toEqual({ OrderId: expect.stringMatching(/^\d{15}$/) })
    const held = await world().store.read((db) => findDesiredConfig(db, serial))
    expect(held?.config.own[serial]?.network?.bandwidth).toBe(100)
    expect([...world().told].sort()).toEqual(['pop1', serial])
  })

  test('an order that waits changes nothing until it is paid', async () => {
    const id = await world().addInstance()
    const { OrderId } = await world().call(operation, request(id, { BandWidthSpec: '100', AutoPay: 'false' }))
    expect(await bandwidth(id)).toBe(50)
    const pay = () => change(world(), ({ sizeOrders }) => sizeOrders.pay(String(OrderId)))
    expect(await pay()).toBe(id)
    expect(await bandwidth(id)).toBe(100)
    expect(await pay()).toBeUndefined()
  })

  test('without a shop it is paid at once', async () => {
    const id = await world().addInstance()
    world().shop = false
    await world().call(operation, request(id, { BandWidthSpec: '60', AutoPay: 'false' }))
    expect(await bandwidth(id)).toBe(60)
  })

  test('a SAG APP instance gets accounts, by the same rules as of its own operation', async () => {
    const id = await addApp(world(), { userCount: 5 })
    await world().call(operation, request(id, { UserCount: '10', DataPlan: '5' }))
    expect((await world().fleet.instanceById(id))?.userCount).toBe(10)
    expect(await refused(id, { UserCount: '9' })).toBe('SAG.InvalidUserCount')
    expect(await refused(id, { UserCount: '11', BandWidthSpec: '20' })).toBe('InvalidParameter')
  })

  test('InvalidParameter: no bandwidth, one the model does not have, or less than now', async () => {
    const id = await world().addInstance()
    for (const BandWidthSpec of ['501', '9', '49', 'much']) {
      expect(await refused(id, { BandWidthSpec })).toBe('InvalidParameter')
    }
    expect(await refused(id, {})).toBe('InvalidParameter')
    expect(await bandwidth(id)).toBe(50)
  })

  test('SAG.InvalidUserCount: none for an App, and any for gateways', async () => {
    expect(await refused(await addApp(world()), {})).toBe('SAG.InvalidUserCount')
    const more = { BandWidthSpec: '60', UserCount: '5' }
    expect(await refused(await world().addInstance(), more)).toBe('SAG.InvalidUserCount')
  })

  test('SAG.InvalidDataPlan: not what is sold, and any for gateways', async () => {
    expect(await refused('sag-none', { DataPlan: '6' })).toBe('SAG.InvalidDataPlan')
    const more = { BandWidthSpec: '60', DataPlan: '5' }
    expect(await refused(await world().addInstance(), more)).toBe('SAG.InvalidDataPlan')
  })

  test('SAG.InstanceNoFound: unknown, or of another account', async () => {
    const foreign = await world().addInstance({ accountId: otherAccountId })
    for (const id of ['sag-none', foreign]) {
      expect(await refused(id, { BandWidthSpec: '60' })).toBe('SAG.InstanceNoFound')
    }
  })
})
