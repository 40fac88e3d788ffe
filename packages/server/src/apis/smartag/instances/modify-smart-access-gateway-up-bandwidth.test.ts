import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { findDesiredConfig } from '../../../store/gateways/configurations.ts'
import { readPopConfig } from '../../../store/pops/pop-config.ts'
import { addPop } from '../../../store/pops/pops.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn } from '../../testing/networks.suite.ts'
import { addApp } from '../../testing/remote-users.suite.ts'
import { describeSmartAccessGatewayAttribute } from './describe-smart-access-gateway-attribute.ts'
import { modifySmartAccessGatewayUpBandwidth as operation } from './modify-smart-access-gateway-up-bandwidth.ts'

testOperation(operation, (world) => {
  const limit = (SmartAGId: string, UpBandwidthWan: string) => world().call(operation, { SmartAGId, UpBandwidthWan })
  const refused = (SmartAGId: string, more: Readonly<Record<string, string>> = { UpBandwidthWan: '2' }) =>
    world().refused(operation, { SmartAGId, ...more })

  async function member() {
    await world().fleet.addDevice({
      ...{ serial: 'pop1', model: 'pop', version: '0.0.0.0', resettable: false, createdAt: 0 },
      enrolmentKey: Secret.of('key'),
    })
    await world().store.write((tx) => addPop(tx, { serial: 'pop1', endpoint: '203.0.113.1', at: 0 }))
    const id = await world().addInstance()
    const serial = await world().addDevice(id, { sealKey: 'enrolled' })
    await addCcn(world(), {}, id)
    const sent = async () => {
      const held = await world().store.read((db) => findDesiredConfig(db, serial))
      return held?.config.own[serial]?.network?.bandwidth
    }
    return { id, serial, sent }
  }

  test('the gateway is told the lower one of limit and bandwidth; its point of presence sends what was bought', async () => {
    const { id, serial, sent } = await member()
    expect(await sent()).toBe(50)
    await limit(id, '20')
    expect(await sent()).toBe(20)
    expect(world().told).toContain(serial)
    await limit(id, '500')
    expect(await sent()).toBe(50)
    await limit(id, '10')
    const pop = await readPopConfig(world().store, 'pop1', world().now)
    expect(pop?.config.pop?.networks[0]?.members.map(({ bandwidth }) => bandwidth)).toEqual([50])
    await limit(id, '0')
    expect(await sent()).toBe(50)
  })

  test('the limit is shown until it is taken away', async () => {
    const id = await world().addInstance()
    const shown = () => world().call(describeSmartAccessGatewayAttribute, { RegionId: regionId, SmartAGId: id })
    await limit(id, '20')
    expect(await shown()).toMatchObject({ UpBandwidthWan: 20 })
    await limit(id, '0')
    expect(await shown()).not.toHaveProperty('UpBandwidthWan')
  })

  test('MissingParameter: the instance, or any bandwidth', async () => {
    expect(await world().refused(operation, { UpBandwidthWan: '2' })).toBe('MissingParameter')
    expect(await refused('sag-none', {})).toBe('MissingParameter')
  })

  test('InvalidId.SMARTAG: malformed, unknown, an App, of another account, or in another region', async () => {
    const foreign = await world().addInstance({ accountId: otherAccountId })
    for (const id of ['gateway', 'sag-none', await addApp(world()), foreign]) {
      expect(await refused(id)).toBe('InvalidId.SMARTAG')
    }
    const away = { RegionId: 'cn-hangzhou', UpBandwidthWan: '2' }
    expect(await refused(await world().addInstance(), away)).toBe('InvalidId.SMARTAG')
  })

  test('FeatureNotSupport: a limit of an uplink of 4G, and nothing is changed', async () => {
    const id = await world().addInstance()
    expect(await refused(id, { UpBandwidthWan: '2', UpBandwidth4G: '3' })).toBe('FeatureNotSupport')
    expect((await world().fleet.instanceById(id))?.upBandwidthWan).toBeUndefined()
  })
})
