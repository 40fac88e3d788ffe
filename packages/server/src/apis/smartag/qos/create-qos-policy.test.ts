import { expect, test } from 'vitest'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCar, addPolicy, addQos, associate, toldOf } from '../../testing/qos.suite.ts'
import { createQosPolicy as operation } from './create-qos-policy.ts'
import { describeQosPolicies } from './describe-qos-policies.ts'

const tuple = {
  IpProtocol: 'tcp',
  SourceCidr: '10.1.0.0/24',
  SourcePortRange: '-1/-1',
  DestCidr: '0.0.0.0/0',
  DestPortRange: '80/443',
  Priority: '7',
}

testOperation(operation, (world) => {
  const params = { RegionId: regionId, ...tuple }
  const refused = (more: object) => world().refused(operation, { ...params, QosId: 'qos-none', ...more })

  test('shown as it was sent, told to the gateways of the QoS', async () => {
    const [SmartAGId, QosId] = [await world().addInstance(), await addQos(world())]
    const serial = await world().addDevice(SmartAGId)
    await addCar(world(), QosId)
    await associate(world(), SmartAGId, QosId)
    world().told.length = 0
    const times = { StartTime: '2022-07-14T16:41:33+0800', EndTime: '2022-09-14T16:41:33+0800' }
    const texts = { Name: 'video', Description: 'Of all' }
    const { QosPolicyId, ...rest } = await world().call(operation, { ...params, QosId, ...times, ...texts })
    expect(QosPolicyId).toMatch(/^qospy-[a-z0-9]{18}$/)
    const shown = { ...tuple, Priority: 7, ...times, ...texts, QosId, DpiGroupIds: [], DpiSignatureIds: [] }
    expect(rest).toEqual(shown)
    const listed = await world().call(describeQosPolicies, { RegionId: regionId, QosId })
    expect(listed.QosPolicies).toEqual([{ ...shown, QosPolicyId }])
    expect(world().told).toEqual([serial])
    expect(await toldOf(world(), SmartAGId)).toMatchObject({ rules: [{ priority: 7, toPorts: { from: 80, to: 443 } }] })
  })

  test('without a throttling rule it is kept, and the gateways need not know', async () => {
    const [SmartAGId, QosId] = [await world().addInstance(), await addQos(world())]
    await associate(world(), SmartAGId, QosId)
    await world().call(operation, {
      ...params,
      QosId,
      IpProtocol: 'SSH(22)',
      SourcePortRange: '22/22',
      DestPortRange: '22/22',
    })
    expect(await toldOf(world(), SmartAGId)).toBeUndefined()
  })

  test('what is missing, in its order', async () => {
    const names = ['RegionId', 'QosId', 'SourceCidr', 'SourcePortRange', 'DestCidr', 'DestPortRange', 'IpProtocol']
    const given: Record<string, string> = Object.fromEntries(names.map((name) => [name, '']))
    for (const name of names) {
      expect(await refused(given)).toBe(`MissParameter.${name}`)
      delete given[name]
    }
  })

  test('what is wrong, in its order, before the QoS is looked for', async () => {
    const wrong: [string, string, string][] = [
      ['Name', '1', 'InvalidParameter.Name'],
      ['Description', '1', 'InvalidParameter.Description'],
      ['Priority', '8', 'InvalidParameter.Priority'],
      ['SourceCidr', '10.0.0.1/24', 'InvalidParameter.SourceCidr'],
      ['DestCidr', 'all', 'InvalidParameter.DestCidr'],
      ['IpProtocol', 'SCTP', 'NotSupportedProtocol'],
      ['SourcePortRange', '80', 'InvalidParameter.SourcePortRange'],
      ['DestPortRange', '1/70000', 'InvalidParameter.DestPortRange'],
      ['StartTime', '2026-02-30T00:00:00+0800', 'InvalidParameter.StartTime'],
      ['EndTime', '2026-01-01T00:00:00Z', 'InvalidParameter.EndTime'],
      ['DpiGroupIds.1', '20', 'InvalidParameter'],
      ['DpiSignatureIds.1', '999', 'InvalidParameter'],
    ]
    const given = Object.fromEntries(wrong.map(([name, value]) => [name, value]))
    for (const [name, value, code] of wrong) {
      expect(await refused({ [name]: value })).toBe(code)
      expect(await refused(given)).toBe(code)
      delete given[name]
    }
    expect(await refused({ Priority: '' })).toBe('InvalidParameter.Priority')
    expect(await refused({ DestPortRange: '9/1' })).toBe('InvalidPortRange')
    expect(await refused({ IpProtocol: 'ICMP' })).toBe('InvalidPortRange')
    const same = '2022-07-14T16:41:33+0800'
    expect(await refused({ StartTime: same, EndTime: same })).toBe('InvalidTimeRangeCompare')
    expect(await refused({})).toBe('InvalidId.Qos')
  })

  test('the 51st rule of a priority; those of others do not count', async () => {
    const QosId = await addQos(world())
    await addPolicy(world(), QosId, { priority: 1 })
    for (let index = 0; index < 49; index++) await addPolicy(world(), QosId, { priority: 7 })
    await world().call(operation, { ...params, QosId })
    expect(await refused({ QosId })).toBe('QosPyPerQosPyPerQosAmountLimitQosAmountLimit')
  })
})
