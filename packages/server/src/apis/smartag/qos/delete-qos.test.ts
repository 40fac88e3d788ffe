import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCar, addPolicy, addQos, associate, toldOf } from '../../testing/qos.suite.ts'
import { describeSmartAccessGatewayAttribute } from '../instances/describe-smart-access-gateway-attribute.ts'
import { deleteQos as operation } from './delete-qos.ts'

testOperation(operation, (world) => {
  const refused = (QosId: string, RegionId: string = regionId) => world().refused(operation, { RegionId, QosId })

  test('it is gone with its rules, its instances have none, and their gateways are told', async () => {
    const SmartAGId = await world().addInstance()
    const serial = await world().addDevice(SmartAGId)
    const [id, other] = [await addQos(world()), await addQos(world())]
    for (const qos of [id, other]) {
      await addCar(world(), qos)
      await addPolicy(world(), qos)
    }
    await associate(world(), SmartAGId, id)
    expect(await toldOf(world(), SmartAGId)).toBeDefined()
    world().told.length = 0

    expect(await world().call(operation, { RegionId: regionId, QosId: id })).toEqual({})
    expect(world().told).toEqual([serial])
    expect(await toldOf(world(), SmartAGId)).toBeUndefined()
    const shown = await world().call(describeSmartAccessGatewayAttribute, { RegionId: regionId, SmartAGId })
    expect(shown.QosIds).toEqual([])
    for (const table of ['qos_car', 'qos_policy'] as const) {
      const left = await world().store.read((db) => db.selectFrom(table).select('qos_id').execute())
      expect(left).toEqual([{ qos_id: other }])
    }
    expect(await refused(id)).toBe('InvalidId.Qos')
  })

  test('MissParameter and InvalidId codes', async () => {
    expect(await refused('', '')).toBe('MissParameter.RegionId')
    expect(await refused('')).toBe('MissParameter.QosId')
    expect(await refused(await addQos(world(), { accountId: otherAccountId }))).toBe('InvalidId.Qos')
    expect(await refused(await addQos(world(), { regionId: 'cn-hangzhou' }))).toBe('InvalidId.Qos')
  })
})
