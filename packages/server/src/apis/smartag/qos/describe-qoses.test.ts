import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addQos, associate } from '../../testing/qos.suite.ts'
import { describeQoses as operation } from './describe-qoses.ts'

testOperation(operation, (world) => {
  const call = (more: object = {}) => world().call(operation, { RegionId: regionId, ...more })
  const ids = async (more: object) => ((await call(more)).Qoses as { QosId: string }[]).map((one) => one.QosId)
  const refused = (more: object) => world().refused(operation, { RegionId: regionId, ...more })

  test('oldest first, with their instances; those of other accounts and regions are not there', async () => {
    const [first, second] = [
      await addQos(world(), { id: 'qos-b' }),
      await addQos(world(), { id: 'qos-c', name: 'east' }),
    ]
    world().now += 1000
    const third = await addQos(world(), { id: 'qos-a', name: 'north-east' })
    await addQos(world(), { accountId: otherAccountId })
    await addQos(world(), { regionId: 'cn-hangzhou' })
    const instances = [await world().addInstance(), await world().addInstance()].sort()
    for (const id of instances) await associate(world(), id, second)

    expect(await ids({})).toEqual([first, second, third])
    expect(await call({ QosIds: 'qos-c' })).toEqual({
      TotalCount: 1,
      PageNumber: 1,
      PageSize: 10,
      Qoses: [{ QosId: second, QosName: 'east', SagCount: '2', SmartAGIds: instances.join(',') }],
    })
    expect(await ids({ QosIds: 'qos-a,qos-none,qos-b' })).toEqual([first, third])
    expect(await ids({ QosName: 'east' })).toEqual([second, third])
    expect(await call({ PageSize: '2', PageNumber: '2' })).toMatchObject({
      TotalCount: 3,
      PageNumber: 2,
      PageSize: 2,
      Qoses: [{ QosId: third, SagCount: '0' }],
    })
  })

  test('MissingParameter without a region, InvalidParameter for what is no page, id or name', async () => {
    expect(await refused({ RegionId: '' })).toBe('MissingParameter')
    for (const wrong of [{ PageNumber: '0' }, { PageSize: '51' }, { QosIds: 'qos-a,acl-1' }, { QosName: '1' }]) {
      expect(await refused(wrong)).toBe('InvalidParameter')
    }
  })
})
