import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCar, addQos } from '../../testing/qos.suite.ts'
import { describeQosCars as operation } from './describe-qos-cars.ts'

testOperation(operation, (world) => {
  const refused = (more: object) => world().refused(operation, { RegionId: regionId, QosId: 'qos-none', ...more })

  test('by priority, either way, filtered and by pages', async () => {
    const QosId = await addQos(world())
    const last = await addCar(world(), QosId, { priority: 7, description: 'the last' })
    const first = await addCar(world(), QosId, { priority: 1 })
    await addCar(world(), await addQos(world()))
    const ids = async (more: object) => {
      const { QosCars } = await world().call(operation, { RegionId: regionId, QosId, ...more })
      return (QosCars as { QosCarId: string }[]).map(({ QosCarId }) => QosCarId)
    }
    expect(await ids({})).toEqual([first, last])
    expect(await ids({ Order: 'desc' })).toEqual([last, first])
    expect(await ids({ QosCarId: last })).toEqual([last])
    expect(await ids({ QosCarId: 'qoscar-none' })).toEqual([])
    expect(await ids({ Description: 'last' })).toEqual([last])
    expect(await ids({ PageSize: '1', PageNumber: '2' })).toEqual([last])
  })

  test('MissingParameter, InvalidParameter, InvalidId.Qos', async () => {
    expect(await refused({ RegionId: '' })).toBe('MissingParameter')
    expect(await refused({ QosId: '' })).toBe('MissingParameter')
    for (const wrong of [{ PageSize: '0' }, { Order: 'up' }, { QosCarId: 'qos-1' }, { Description: '1' }]) {
      expect(await refused(wrong)).toBe('InvalidParameter')
    }
    expect(await refused({})).toBe('InvalidId.Qos')
    expect(await refused({ QosId: await addQos(world(), { accountId: otherAccountId }) })).toBe('InvalidId.Qos')
  })
})
