import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addQos } from '../../testing/qos.suite.ts'
import { createQos as operation } from './create-qos.ts'
import { describeQoses } from './describe-qoses.ts'

testOperation(operation, (world) => {
  const params = { RegionId: regionId, QosName: 'branches' }
  const refused = (more: object) => world().refused(operation, { ...params, ...more })

  test('a QoS without rules and instances, in its region', async () => {
    const { QosId, ...rest } = await world().call(operation, { ...params, QosDescription: 'Of the east.' })
    expect(rest).toEqual({})
    expect(QosId).toMatch(/^qos-[a-z0-9]{18}$/)
    expect((await world().call(describeQoses, { RegionId: regionId })).Qoses).toEqual([
      { QosId, QosName: 'branches', QosDescription: 'Of the east.', SagCount: '0' },
    ])
    expect((await world().call(describeQoses, { RegionId: 'cn-hangzhou' })).TotalCount).toBe(0)
  })

  test('codes of the values, in their order', async () => {
    const wrong = { RegionId: '', QosName: '', QosDescription: '1st' }
    expect(await refused(wrong)).toBe('MissParameter.RegionId')
    expect(await refused({ ...wrong, RegionId: regionId })).toBe('MissParameter.Name')
    expect(await refused({ QosName: '1', QosDescription: '1st' })).toBe('InvalidParameter.Name')
    expect(await refused({ QosDescription: '1st' })).toBe('InvalidParameter.Description')
  })

  test('QosAmountLimit: the 11th of the account, in whatever region; those of others do not count', async () => {
    for (let index = 0; index < 9; index++) await addQos(world(), { regionId: 'cn-hangzhou' })
    await addQos(world(), { accountId: otherAccountId })
    await world().call(operation, params)
    expect(await refused({})).toBe('QosAmountLimit')
  })
})
