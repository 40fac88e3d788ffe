import { expect, test } from 'vitest'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCar, addPolicy, addQos, associate, toldOf } from '../../testing/qos.suite.ts'
import { describeQosPolicies } from './describe-qos-policies.ts'
import { modifyQosPolicy as operation } from './modify-qos-policy.ts'

testOperation(operation, (world) => {
  const RegionId = regionId
  const refused = (more: object) =>
    world().refused(operation, { RegionId, QosId: 'qos-none', QosPolicyId: 'qospy-none', ...more })

  async function shown(QosId: string): Promise<unknown> {
    const { QosPolicies } = await world().call(describeQosPolicies, { RegionId, QosId })
    return (QosPolicies as unknown[])[0]
  }

  test('what is sent changes, blank texts and times go, and the gateways of the QoS are told', async () => {
    const [SmartAGId, QosId] = [await world().addInstance(), await addQos(world())]
    await addCar(world(), QosId)
    await associate(world(), SmartAGId, QosId)
    const texts = { name: 'before', description: 'before' }
    const QosPolicyId = await addPolicy(world(), QosId, { ...texts, startTime: '2022-07-14T16:41:33+0800' })
    const change = { Priority: '2', IpProtocol: 'Udp', SourceCidr: '10.1.0.0/24', DestCidr: '10.2.0.0/24' }
    const ports = { SourcePortRange: '1/2', DestPortRange: '3/4', EndTime: '2022-07-14T16:41:34+0800' }
    await world().call(operation, { RegionId, QosId, QosPolicyId, ...change, ...ports })
    const before = { Name: 'before', Description: 'before', StartTime: '2022-07-14T16:41:33+0800' }
    expect(await shown(QosId)).toMatchObject({ ...change, Priority: 2, ...ports, ...before })
    expect(await toldOf(world(), SmartAGId)).toMatchObject({ rules: [{ priority: 2, protocol: 'udp' }] })

    const blanks = { Name: '', Description: '', StartTime: '', EndTime: '' }
    await world().call(operation, { RegionId, QosId, QosPolicyId, ...blanks })
    for (const name of Object.keys(blanks)) expect(await shown(QosId)).not.toHaveProperty(name)
  })

  test('what is missing or wrong, in its order, before anything is looked for', async () => {
    expect(await refused({ RegionId: '', QosId: '', QosPolicyId: '' })).toBe('MissParameter.RegionId')
    expect(await refused({ QosId: '', QosPolicyId: '' })).toBe('MissParameter.QosId')
    expect(await refused({ QosPolicyId: '', Name: '1' })).toBe('MissParameter.QosPolicyId')
    const wrong: [string, string, string][] = [
      ['Name', '1', 'InvalidParameter.Name'],
      ['Description', '1', 'InvalidParameter.Description'],
      ['Priority', '8', 'InvalidParameter.Priority'],
      ['SourceCidr', '', 'InvalidParameter.SourceCidr'],
      ['DestCidr', '10.0.0.1/24', 'InvalidParameter.DestCidr'],
      ['IpProtocol', '', 'NotSupportedProtocol'],
      ['SourcePortRange', '', 'InvalidParameter.SourcePortRange'],
      ['DestPortRange', '80', 'InvalidParameter.DestPortRange'],
      ['StartTime', 'now', 'InvalidParameter.StartTime'],
      ['EndTime', 'now', 'InvalidParameter.EndTime'],
      ['DpiGroupIds.1', '20', 'InvalidParameter'],
    ]
    const given = Object.fromEntries(wrong.map(([name, value]) => [name, value]))
    for (const [name, , code] of wrong) {
      expect(await refused(given)).toBe(code)
      delete given[name]
    }
    expect(await refused({})).toBe('InvalidId.Qos')
  })

  test('InvalidId.QOSPY: unknown or of another QoS; then what the rule would be', async () => {
    const [QosId, other] = [await addQos(world()), await addQos(world())]
    const QosPolicyId = await addPolicy(world(), other, { startTime: '2022-07-14T16:41:33+0800' })
    for (const id of ['QOSPY', 'qospy-none', QosPolicyId]) {
      expect(await refused({ QosId, QosPolicyId: id })).toBe('InvalidId.QOSPY')
    }
    const own = { QosId: other, QosPolicyId }
    expect(await refused({ ...own, DestPortRange: '80/80' })).toBe('InvalidPortRange')
    expect(await refused({ ...own, EndTime: '2022-07-14T16:41:33+0800' })).toBe('InvalidTimeRangeCompare')
  })
})
