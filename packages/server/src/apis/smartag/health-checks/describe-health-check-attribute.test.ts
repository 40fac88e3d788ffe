import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addHealthCheck } from '../../testing/networks.suite.ts'
import { describeHealthCheckAttribute as operation } from './describe-health-check-attribute.ts'

testOperation(operation, (world) => {
  test('shows everything that was set', async () => {
    const SmartAGId = await world().addInstance()
    const HcInstanceId = await addHealthCheck(world(), SmartAGId, {
      ...{ name: 'uplink', description: 'first', sourcePort: 1, destinationPort: 2 },
      ...{ interval: 60_000, count: 20, timeout: 10, slow: 5_000, slowAnswers: 15, failures: 1 },
    })
    expect(await world().call(operation, { RegionId: regionId, SmartAGId, HcInstanceId })).toEqual({
      ...{ HcInstanceId, SmartAGId, Name: 'uplink', Description: 'first', Type: 'ICMP_ECHO' },
      ...{ DstIpAddr: '10.10.0.1', DstPort: 2, SrcIpAddr: '10.1.0.1', SrcPort: 1 },
      ...{ ProbeInterval: 60_000, ProbeCount: 20, ProbeTimeout: 10 },
      ...{ RttThreshold: 5_000, RttFailThreshold: 15, FailCountThreshold: 1, CreateTime: world().now },
    })
  })

  test('HC.InstanceNoFound: unknown, of another instance, in another region, of another account', async () => {
    const SmartAGId = await world().addInstance()
    const HcInstanceId = await addHealthCheck(world(), SmartAGId)
    const theirs = await world().addInstance({ accountId: otherAccountId })
    const foreign = await addHealthCheck(world(), theirs)
    const call = { RegionId: regionId, SmartAGId, HcInstanceId }
    for (const more of [
      { HcInstanceId: 'hc-none' },
      { SmartAGId: await world().addInstance() },
      { RegionId: 'cn-hangzhou' },
      { SmartAGId: theirs, HcInstanceId: foreign },
    ]) {
      expect(await world().refused(operation, { ...call, ...more })).toBe('HC.InstanceNoFound')
    }
  })
})
