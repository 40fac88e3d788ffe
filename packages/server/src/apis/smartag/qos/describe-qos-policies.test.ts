import { expect, test } from 'vitest'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { addPolicy, addQos } from '../../testing/qos.suite.ts'
import { describeQosPolicies as operation } from './describe-qos-policies.ts'

testOperation(operation, (world) => {
  const refused = (more: object) => world().refused(operation, { RegionId: regionId, QosId: 'qos-none', ...more })

  test('in the order in which packets meet them, filtered and by pages', async () => {
    const QosId = await addQos(world())
    const third = await addPolicy(world(), QosId, { priority: 3, description: 'the last' })
    const second = await addPolicy(world(), QosId)
    const first = await addPolicy(world(), QosId, { createdAt: world().now - 1 })
    await addPolicy(world(), await addQos(world()))
    const ids = async (more: object) => {
      const { QosPolicies } = await world().call(operation, { RegionId: regionId, QosId, ...more })
      return (QosPolicies as { QosPolicyId: string }[]).map((one) => one.QosPolicyId)
    }
    expect(await ids({})).toEqual([first, second, third])
    expect(await ids({ Priority: '1' })).toEqual([first, second])
    expect(await ids({ QosPolicyId: third })).toEqual([third])
    expect(await ids({ QosPolicyId: 'qospy-none' })).toEqual([])
    expect(await ids({ Description: 'last' })).toEqual([third])
    expect(await ids({ PageSize: '2', PageNumber: '2' })).toEqual([third])
  })

  test('MissingParameter, InvalidParameter, InvalidId.Qos', async () => {
    expect(await refused({ RegionId: '' })).toBe('MissingParameter')
    expect(await refused({ QosId: '' })).toBe('MissingParameter')
    for (const wrong of [{ PageNumber: '0' }, { Priority: '8' }, { QosPolicyId: 'qos-1' }, { Description: '1' }]) {
      expect(await refused(wrong)).toBe('InvalidParameter')
    }
    for (const QosId of ['QOS', 'qos-none']) expect(await refused({ QosId })).toBe('InvalidId.Qos')
  })
})
