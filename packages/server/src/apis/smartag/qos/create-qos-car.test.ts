import { expect, test } from 'vitest'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCar, addQos, associate, toldOf } from '../../testing/qos.suite.ts'
import { createQosCar as operation } from './create-qos-car.ts'
import { describeQosCars } from './describe-qos-cars.ts'

testOperation(operation, (world) => {
  const limit = { LimitType: 'Absolute', MinBandwidthAbs: '2', MaxBandwidthAbs: '6', Priority: '2' }
  const params = { RegionId: regionId, ...limit }
  const refused = (more: object) => world().refused(operation, { ...params, QosId: 'qos-none', ...more })

  test('an absolute one: shown as it was sent, told to the gateways of the QoS', async () => {
    const [SmartAGId, QosId] = [await world().addInstance(), await addQos(world())]
    const serial = await world().addDevice(SmartAGId)
    await associate(world(), SmartAGId, QosId)
    world().told.length = 0
    const given = { Name: 'video', Description: 'Of all. v_1' }
    const { QosCarId, ...rest } = await world().call(operation, { ...params, QosId, ...given })
    expect(QosCarId).toMatch(/^qoscar-[a-z0-9]{18}$/)
    const shown = {
      QosId,
      Description: 'Of all. v_1',
      Priority: 2,
      LimitType: 'Absolute',
      MinBandwidthAbs: 2,
      MaxBandwidthAbs: 6,
      MinBandwidthPercent: 0,
      MaxBandwidthPercent: 0,
      PercentSourceType: 'InternetUpBandwidth',
    }
    expect(rest).toEqual(shown)
    const listed = await world().call(describeQosCars, { RegionId: regionId, QosId })
    expect(listed.QosCars).toEqual([{ ...shown, QosCarId, Name: 'video' }])
    expect(world().told).toEqual([serial])
    expect(await toldOf(world(), SmartAGId)).toMatchObject({ classes: [{ priority: 2, min: 2, max: 6 }] })
  })

  test('a share, whatever is sent for the other type', async () => {
    const QosId = await addQos(world())
    const share = { LimitType: 'Percent', MinBandwidthPercent: '20', MaxBandwidthPercent: '90' }
    const other = { MinBandwidthAbs: '0', MaxBandwidthAbs: '0', PercentSourceType: 'CcnBandwidth' }
    expect(await world().call(operation, { ...params, QosId, ...share, ...other })).toMatchObject({
      MinBandwidthAbs: 0,
      MaxBandwidthAbs: 0,
      MinBandwidthPercent: 20,
      MaxBandwidthPercent: 90,
      PercentSourceType: 'CcnBandwidth',
    })
  })

  test('codes of the values, in their order, before the QoS is looked for', async () => {
    const wrong = { Name: '1', Description: '1', Priority: '8', LimitType: 'Some' }
    expect(await refused({ ...wrong, RegionId: '', QosId: '' })).toBe('MissParameter.RegionId')
    expect(await refused({ ...wrong, QosId: '' })).toBe('MissParameter.QosId')
    expect(await refused(wrong)).toBe('InvalidParameter.Name')
    expect(await refused({ ...wrong, Name: 'video' })).toBe('InvalidParameter.Description')
    expect(await refused({ LimitType: 'Some', Priority: '8' })).toBe('InvalidParameter.Priority')
    expect(await refused({ Priority: '' })).toBe('InvalidParameter.Priority')
    for (const one of [
      { LimitType: '' },
      { LimitType: 'absolute' },
      { MinBandwidthAbs: '' },
      { MinBandwidthAbs: '0' },
      { MinBandwidthAbs: '6' },
      { MinBandwidthAbs: '1.5' },
      { LimitType: 'Percent', MinBandwidthPercent: '20', MaxBandwidthPercent: '101' },
      { PercentSourceType: 'Other' },
    ]) {
      expect(await refused(one)).toBe('InvalidParameter')
    }
    expect(await refused({})).toBe('InvalidId.Qos')
  })

  test('QosAmountLimit: the fourth of the QoS', async () => {
    const QosId = await addQos(world())
    for (const priority of [1, 1, 7]) await addCar(world(), QosId, { priority })
    await addCar(world(), await addQos(world()))
    expect(await refused({ QosId })).toBe('QosAmountLimit')
  })
})
