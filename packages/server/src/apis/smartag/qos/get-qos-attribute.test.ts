import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCar, addPolicy, addQos, associate } from '../../testing/qos.suite.ts'
import { getQosAttribute as operation } from './get-qos-attribute.ts'

testOperation(operation, (world) => {
  const call = (QosId: string) => world().call(operation, { RegionId: regionId, QosId })
  const refused = (QosId: string, RegionId: string = regionId) => world().refused(operation, { RegionId, QosId })
  const failing = async (id: string) => (await call(id)).ErrorConfigSmartAGCount

  test('the QoS with its rules', async () => {
    const id = await addQos(world(), { description: 'Of all' })
    const car = await addCar(world(), id, { name: 'video', description: 'fast' })
    const times = { startTime: '1970-01-01T08:00:01+0800', endTime: '1970-01-01T08:00:02+0800' }
    await addPolicy(world(), id, { name: 'tv', description: 'one', ...times })
    expect(await call(id)).toEqual({
      ErrorConfigSmartAGCount: 0,
      QosName: 'branches',
      QosDescription: 'Of all',
      QosCars: [
        {
          LimitType: 'Absolute',
          MinBandwidthAbs: 2,
          MaxBandwidthAbs: 6,
          MinBandwidthPercent: 0,
          MaxBandwidthPercent: 0,
          PercentSourceType: 'InternetUpBandwidth',
          Priority: 1,
          QosCarId: car,
          QosCarName: 'video',
          QosCarDescription: 'fast',
        },
      ],
      QosPolicies: [
        {
          IpProtocol: 'ALL',
          SourceCidr: '0.0.0.0/0',
          SourcePortRange: '-1/-1',
          DestCidr: '0.0.0.0/0',
          DestPortRange: '-1/-1',
          Priority: 1,
          QosPolicieName: 'tv',
          QosPolicieDescription: 'one',
          StartTime: 1000,
          EndTime: 2000,
        },
      ],
    })
  })

  test('instances count as failing whose device is too old, or that have a share of the Internet bandwidth', async () => {
    const id = await addQos(world())
    for (const device of [
      undefined,
      { model: 'sag-100wm', version: '1.9.0' },
      { model: 'sag-1000', version: '2.3.0' },
    ] as const) {
      const SmartAGId = await world().addInstance()
      if (device !== undefined) await world().addDevice(SmartAGId, device)
      await associate(world(), SmartAGId, id)
    }
    expect(await failing(id)).toBe(0)
    await addCar(world(), id)
    expect(await failing(id)).toBe(1)
    const share = { priority: 2, limitType: 'Percent', minPercent: 10, maxPercent: 20 } as const
    await addCar(world(), id, { ...share, percentSource: 'CcnBandwidth' })
    expect(await failing(id)).toBe(1)
    await addCar(world(), id, { ...share, priority: 3 })
    expect(await failing(id)).toBe(3)
  })

  test('MissParameter codes; InvalidId.Qos: unknown, of another region or account', async () => {
    expect(await refused('', '')).toBe('MissParameter.RegionId')
    expect(await refused('')).toBe('MissParameter.QosId')
    const away = await addQos(world(), { regionId: 'cn-hangzhou' })
    const foreign = await addQos(world(), { accountId: otherAccountId })
    for (const id of ['QOS', 'qos-none', away, foreign]) expect(await refused(id)).toBe('InvalidId.Qos')
  })
})
