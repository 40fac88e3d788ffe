import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCar, addPolicy, addQos, toldOf } from '../../testing/qos.suite.ts'
import { addApp } from '../../testing/remote-users.suite.ts'
import { describeSmartAccessGatewayAttribute } from '../instances/describe-smart-access-gateway-attribute.ts'
import { describeSmartAccessGateways } from '../instances/describe-smart-access-gateways.ts'
import { associateQos as operation } from './associate-qos.ts'

testOperation(operation, (world) => {
  const call = (QosId: string, SmartAGId: string) => world().call(operation, { RegionId: regionId, QosId, SmartAGId })
  const refused = (QosId: string, SmartAGId: string, more: object = {}) =>
    world().refused(operation, { RegionId: regionId, QosId, SmartAGId, ...more })

  test('the instance shows it, and its gateways are told its rules in the order in which they count', async () => {
    const SmartAGId = await world().addInstance()
    const serial = await world().addDevice(SmartAGId)
    const id = await addQos(world())
    await addCar(world(), id, { priority: 2 })
    await addCar(world(), id, { priority: 2, minAbs: 1, maxAbs: 9, createdAt: world().now - 1 })
    await addCar(world(), id, {
      limitType: 'Percent',
      minPercent: 10,
      maxPercent: 50,
      percentSource: 'CcnBandwidth',
    })
    await addCar(world(), id, { priority: 3, limitType: 'Percent', minPercent: 10, maxPercent: 50 })
    await addPolicy(world(), id, { priority: 3, protocol: 'ICMP' })
    await addPolicy(world(), id, { priority: 2 })
    await addPolicy(world(), id, {
      priority: 2,
      createdAt: world().now - 1,
      protocol: 'ssh(22)',
      sourceCidr: '10.1.0.0/24',
      destCidr: '10.2.0.0/24',
      sourcePorts: '1024/65535',
      destPorts: '22/22',
      startTime: '1970-01-01T08:00:10+0800',
      endTime: '1970-01-01T08:00:20+0800',
    })
    world().told.length = 0

    expect(await call(id, SmartAGId)).toEqual({})
    expect(world().told).toEqual([serial])
    expect(await toldOf(world(), SmartAGId)).toEqual({
      classes: [
        { priority: 1, unit: 'percent', min: 10, max: 50 },
        { priority: 2, unit: 'mbit', min: 1, max: 9 },
      ],
      rules: [
        {
          priority: 2,
          protocol: 'tcp',
          from: '10.1.0.0/24',
          to: '10.2.0.0/24',
          fromPorts: { from: 1024, to: 65_535 },
          toPorts: { from: 22, to: 22 },
          since: 10,
          until: 20,
        },
        { priority: 2, protocol: 'any', from: '0.0.0.0/0', to: '0.0.0.0/0' },
        { priority: 3, protocol: 'icmp', from: '0.0.0.0/0', to: '0.0.0.0/0' },
      ],
    })
    const attribute = await world().call(describeSmartAccessGatewayAttribute, { RegionId: regionId, SmartAGId })
    expect(attribute.QosIds).toEqual([id])
  })

  test('one that has none can get one, which the list of instances says of each', async () => {
    const [first, second] = [await world().addInstance(), await world().addInstance()]
    const app = await addApp(world(), {})
    const id = await addQos(world())
    await call(id, first)
    const ids = async (CanAssociateQos: string) => {
      const { SmartAccessGateways } = await world().call(describeSmartAccessGateways, { CanAssociateQos })
      const list = SmartAccessGateways as { SmartAGId: string; QosIds?: string }[]
      return list.map(({ SmartAGId, QosIds }) => [SmartAGId, QosIds]).sort()
    }
    expect(await ids('true')).toEqual([[second, undefined]])
    expect(await ids('false')).toEqual(
      [
        [app, undefined],
        [first, id],
      ].sort(),
    )
  })

  test('MissParameter codes', async () => {
    expect(await refused('', '', { RegionId: '' })).toBe('MissParameter.RegionId')
    expect(await refused('', '')).toBe('MissParameter.QosId')
    expect(await refused('qos-none', '')).toBe('MissParameter.SmartAGId')
  })

  test('InvalidId.Qos, then InvalidId.SMARTAG: unknown, in another region or of another account', async () => {
    const [id, SmartAGId] = [await addQos(world()), await world().addInstance()]
    for (const given of [{ regionId: 'cn-hangzhou' }, { accountId: otherAccountId }]) {
      expect(await refused(await addQos(world(), given), SmartAGId)).toBe('InvalidId.Qos')
      expect(await refused(id, await world().addInstance(given))).toBe('InvalidId.SMARTAG')
    }
    expect(await refused('qos-none', 'sag-none')).toBe('InvalidId.Qos')
    expect(await refused(id, 'sag-none')).toBe('InvalidId.SMARTAG')
  })

  test('SAG.SoftwareNotSupport for a SAG APP instance; a gateway that has it already, or another one', async () => {
    const [id, other, SmartAGId] = [await addQos(world()), await addQos(world()), await world().addInstance()]
    expect(await refused(id, await addApp(world(), {}))).toBe('SAG.SoftwareNotSupport')
    await call(id, SmartAGId)
    expect(await refused(id, SmartAGId)).toBe('SmartAGAlreadyAssociateQos')
    expect(await refused(other, SmartAGId)).toBe('QosPerSmartagAmountLimit')
  })
})
