import { expect, test } from 'vitest'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCar, addQos, associate, toldOf } from '../../testing/qos.suite.ts'
import { describeSmartAccessGatewayAttribute } from '../instances/describe-smart-access-gateway-attribute.ts'
import { disassociateQos as operation } from './disassociate-qos.ts'

testOperation(operation, (world) => {
  const refused = (QosId: string, SmartAGId: string, RegionId: string = regionId) =>
    world().refused(operation, { RegionId, QosId, SmartAGId })

  test('the instance has none any more, its gateways are told, and the QoS stays', async () => {
    const SmartAGId = await world().addInstance()
    const serial = await world().addDevice(SmartAGId)
    const id = await addQos(world())
    await addCar(world(), id)
    await associate(world(), SmartAGId, id)
    world().told.length = 0
    expect(await world().call(operation, { RegionId: regionId, QosId: id, SmartAGId })).toEqual({})
    expect(world().told).toEqual([serial])
    expect(await toldOf(world(), SmartAGId)).toBeUndefined()
    const shown = await world().call(describeSmartAccessGatewayAttribute, { RegionId: regionId, SmartAGId })
    expect(shown.QosIds).toEqual([])
    await associate(world(), SmartAGId, id)
  })

  test('MissParameter codes, InvalidId.Qos', async () => {
    expect(await refused('', '', '')).toBe('MissParameter.RegionId')
    expect(await refused('', '')).toBe('MissParameter.QosId')
    expect(await refused('qos-none', '')).toBe('MissParameter.SmartAGId')
    expect(await refused('qos-none', 'sag-none')).toBe('InvalidId.Qos')
  })

  test('SmartAGNotAssociateQos: it has none, has another one, or is not there', async () => {
    const [id, other, bare, SmartAGId] = [
      await addQos(world()),
      await addQos(world()),
      await world().addInstance(),
      await world().addInstance(),
    ]
    await associate(world(), SmartAGId, other)
    for (const instance of [bare, SmartAGId, 'sag-none']) {
      expect(await refused(id, instance)).toBe('SmartAGNotAssociateQos')
    }
  })
})
