import { expect, test } from 'vitest'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCar, addQos, associate, toldOf } from '../../testing/qos.suite.ts'
import { describeQosCars } from './describe-qos-cars.ts'
import { modifyQosCar as operation } from './modify-qos-car.ts'

testOperation(operation, (world) => {
  const RegionId = regionId
  const refused = (more: object) =>
    world().refused(operation, { RegionId, QosId: 'qos-none', QosCarId: 'qoscar-none', ...more })

  async function shown(QosId: string): Promise<unknown> {
    return ((await world().call(describeQosCars, { RegionId, QosId })).QosCars as unknown[])[0]
  }

  test('what is sent changes, blank texts go, and the gateways of the QoS are told', async () => {
    const [SmartAGId, QosId] = [await world().addInstance(), await addQos(world())]
    const QosCarId = await addCar(world(), QosId, { name: 'before', description: 'before' })
    await associate(world(), SmartAGId, QosId)
    await world().call(operation, { RegionId, QosId, QosCarId, Priority: '7', MaxBandwidthAbs: '9' })
    const first = { Name: 'before', Description: 'before', Priority: 7, MinBandwidthAbs: 2, MaxBandwidthAbs: 9 }
    expect(await shown(QosId)).toMatchObject(first)
    expect(await toldOf(world(), SmartAGId)).toMatchObject({ classes: [{ priority: 7, min: 2, max: 9 }] })
    await world().call(operation, { RegionId, QosId, QosCarId, Name: '', Description: '' })
    expect(await shown(QosId)).not.toHaveProperty('Name')
    expect(await shown(QosId)).not.toHaveProperty('Description')
  })

  test('a switch of the type takes the bandwidths of the other one away', async () => {
    const QosId = await addQos(world())
    const QosCarId = await addCar(world(), QosId)
    const share = { LimitType: 'Percent', MinBandwidthPercent: '20', MaxBandwidthPercent: '90' }
    const zeros = { MinBandwidthAbs: '0', MaxBandwidthAbs: '0', PercentSourceType: 'CcnBandwidth' }
    await world().call(operation, { RegionId, QosId, QosCarId, ...share, ...zeros })
    expect(await shown(QosId)).toMatchObject({
      LimitType: 'Percent',
      MinBandwidthAbs: 0,
      MaxBandwidthAbs: 0,
      MinBandwidthPercent: 20,
      MaxBandwidthPercent: 90,
      PercentSourceType: 'CcnBandwidth',
    })
  })

  test('codes of the values, in their order, before anything is looked for', async () => {
    const wrong = { Name: '1', Description: '1', Priority: '0', LimitType: 'Some' }
    expect(await refused({ ...wrong, RegionId: '', QosId: '' })).toBe('MissParameter.RegionId')
    expect(await refused({ ...wrong, QosId: '', QosCarId: '' })).toBe('MissParameter.QosId')
    expect(await refused({ ...wrong, QosCarId: '' })).toBe('MissParameter.QosCarId')
    expect(await refused(wrong)).toBe('InvalidParameter.Name')
    expect(await refused({ ...wrong, Name: '' })).toBe('InvalidParameter.Description')
    expect(await refused({ LimitType: 'Some', Priority: '0' })).toBe('InvalidParameter.Priority')
    expect(await refused({ LimitType: 'Some' })).toBe('InvalidParameter')
    expect(await refused({})).toBe('InvalidId.Qos')
  })

  test('InvalidId.QOSCAR: unknown or of another QoS; InvalidParameter: with what stays it is no range', async () => {
    const [QosId, other] = [await addQos(world()), await addQos(world())]
    const foreign = await addCar(world(), other)
    for (const QosCarId of ['QOSCAR', 'qoscar-none', foreign]) {
      expect(await refused({ QosId, QosCarId })).toBe('InvalidId.QOSCAR')
    }
    expect(await refused({ QosId: other, QosCarId: foreign, MinBandwidthAbs: '6' })).toBe('InvalidParameter')
    expect(await refused({ QosId: other, QosCarId: foreign, LimitType: 'Percent' })).toBe('InvalidParameter')
  })
})
