import { expect, test } from 'vitest'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCar, addPolicy, addQos, associate, toldOf } from '../../testing/qos.suite.ts'
import { deleteQosCar as operation } from './delete-qos-car.ts'
import { describeQosPolicies } from './describe-qos-policies.ts'

testOperation(operation, (world) => {
  const RegionId = regionId
  const refused = (more: object) =>
    world().refused(operation, { RegionId, QosId: 'qos-none', QosCarId: 'qoscar-none', ...more })

  test('it is gone, the gateways of the QoS are told, and its classification rules stay', async () => {
    const [SmartAGId, QosId] = [await world().addInstance(), await addQos(world())]
    const QosCarId = await addCar(world(), QosId)
    await addCar(world(), QosId, { priority: 2 })
    await addPolicy(world(), QosId)
    await associate(world(), SmartAGId, QosId)
    expect(await world().call(operation, { RegionId, QosId, QosCarId })).toEqual({})
    expect(await toldOf(world(), SmartAGId)).toMatchObject({ classes: [{ priority: 2 }], rules: [{ priority: 1 }] })
    expect((await world().call(describeQosPolicies, { RegionId, QosId })).TotalCount).toBe(1)
    expect(await refused({ QosId, QosCarId })).toBe('InvalidId.QOSCAR')
  })

  test('MissParameter and InvalidId codes; one of another QoS stays', async () => {
    const [QosId, other] = [await addQos(world()), await addQos(world())]
    const QosCarId = await addCar(world(), other)
    expect(await refused({ RegionId: '', QosId: '' })).toBe('MissParameter.RegionId')
    expect(await refused({ QosId: '', QosCarId: '' })).toBe('MissParameter.QosId')
    expect(await refused({ QosCarId: '' })).toBe('MissParameter.QosCarId')
    expect(await refused({})).toBe('InvalidId.Qos')
    expect(await refused({ QosId, QosCarId })).toBe('InvalidId.QOSCAR')
    await world().call(operation, { RegionId, QosId: other, QosCarId })
  })
})
