import { expect, test } from 'vitest'
import { addBox, testChangedBox } from '../../testing/box.suite.ts'
import { boxTold } from '../../testing/box-settings.suite.ts'
import { day, regionId, testOperation } from '../../testing/harness.suite.ts'
import { modifySagUserDns as operation } from './modify-sag-user-dns.ts'

testOperation(operation, (world) => {
  testChangedBox(
    world,
    { operation, more: { MasterDns: '10.1.0.53' } },
    { noInstance: 'SAG.InstanceNoFound', isPaidFor: true },
  )

  test('SmartAccessGatewayNotActivated and SmartAccessGatewayInArrears, before the device', async () => {
    const refused = (SmartAGId: string) =>
      world().refused(operation, { RegionId: regionId, SmartAGId, SmartAGSn: 'sag1', MasterDns: '10.1.0.53' })
    expect(await refused(await world().addInstance({ state: 'received' }))).toBe('SmartAccessGatewayNotActivated')
    const expired = await world().addInstance({ periodMonths: 1 })
    world().now += 31 * day
    expect(await refused(expired)).toBe('SmartAccessGatewayInArrears')
  })

  test.each(['0.0.0.53', '127.0.0.1', '224.0.0.1', '10.1.0', 'fe80::1', '10.1.0.53/32'])(
    'InvalidParameter: %s is no address of a server',
    async (address) => {
      const request = { RegionId: regionId, SmartAGId: 'sag-none', SmartAGSn: 'sag1' }
      for (const name of ['MasterDns', 'SlaveDns'])
        expect(await world().refused(operation, { ...request, [name]: address })).toBe('InvalidParameter')
    },
  )

  test('a server that is left out is taken away; without any the device is told so', async () => {
    const id = await world().addInstance()
    const request = { RegionId: regionId, SmartAGId: id, SmartAGSn: await addBox(world(), id) }
    const told = async () => (await boxTold(world(), request.SmartAGSn))?.dns
    expect(await told()).toBeUndefined()
    await world().call(operation, { ...request, MasterDns: '10.1.0.53', SlaveDns: '10.1.0.54' })
    expect(await told()).toEqual({ master: '10.1.0.53', slave: '10.1.0.54' })
    await world().call(operation, { ...request, SlaveDns: '10.1.0.54' })
    expect(await told()).toEqual({ slave: '10.1.0.54' })
    await world().call(operation, request)
    expect(await told()).toEqual({})
  })

  test('FeatureNotSupport: a program that knows of ports and not of DNS servers', async () => {
    const id = await world().addInstance()
    const SmartAGSn = await addBox(world(), id, { capabilities: 'config-trial box' })
    const request = { RegionId: regionId, SmartAGId: id, SmartAGSn }
    expect(await world().refused(operation, request)).toBe('FeatureNotSupport')
  })
})
