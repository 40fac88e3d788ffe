import { expect, test } from 'vitest'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCar, addPolicy, addQos, associate, toldOf } from '../../testing/qos.suite.ts'
import { deleteQosPolicy as operation } from './delete-qos-policy.ts'

testOperation(operation, (world) => {
  const RegionId = regionId
  const refused = (more: object) =>
    world().refused(operation, { RegionId, QosId: 'qos-none', QosPolicyId: 'qospy-none', ...more })

  test('it is gone, and the gateways of the QoS are told', async () => {
    const [SmartAGId, QosId] = [await world().addInstance(), await addQos(world())]
    await addCar(world(), QosId)
    const QosPolicyId = await addPolicy(world(), QosId)
    await addPolicy(world(), QosId, { priority: 2 })
    await associate(world(), SmartAGId, QosId)
    expect(await world().call(operation, { RegionId, QosId, QosPolicyId })).toEqual({})
    expect(await toldOf(world(), SmartAGId)).toMatchObject({ rules: [{ priority: 2 }] })
    expect(await refused({ QosId, QosPolicyId })).toBe('InvalidId.QOSPY')
  })

  test('MissParameter and InvalidId codes; one of another QoS stays', async () => {
    const [QosId, other] = [await addQos(world()), await addQos(world())]
    const QosPolicyId = await addPolicy(world(), other)
    expect(await refused({ RegionId: '', QosId: '' })).toBe('MissParameter.RegionId')
    expect(await refused({ QosId: '', QosPolicyId: '' })).toBe('MissParameter.QosId')
    expect(await refused({ QosPolicyId: '' })).toBe('MissParameter.QosPolicyId')
    expect(await refused({})).toBe('InvalidId.Qos')
    expect(await refused({ QosId, QosPolicyId })).toBe('InvalidId.QOSPY')
    await world().call(operation, { RegionId, QosId: other, QosPolicyId })
  })
})
