import { expect, test } from 'vitest'
import { healthCheckLimit } from '../../../model/health-check.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { createHealthCheck as operation } from './create-health-check.ts'
import { describeHealthCheckAttribute } from './describe-health-check-attribute.ts'

testOperation(operation, (world) => {
  type Given = Readonly<Record<string, string>>
  const check = { Name: 'hc-1', Type: 'ICMP_ECHO', DstIpAddr: '10.10.0.1', SrcIpAddr: '10.1.0.1' }
  const request = (SmartAGId: string, more: Given = {}): Given => ({ RegionId: regionId, SmartAGId, ...check, ...more })
  const refused = (id: string, more: Given = {}): Promise<string> => world().refused(operation, request(id, more))
  const added = async (id: string, more: Given = {}): Promise<string> =>
    String((await world().call(operation, request(id, more))).InstanceId)

  test('adds a health check with the published defaults, and the gateways of the instance hold it', async () => {
    const SmartAGId = await world().addInstance()
    const serial = await world().addDevice(SmartAGId)
    const HcInstanceId = await added(SmartAGId)
    expect(HcInstanceId).toMatch(/^hc-[a-z0-9]{18}$/)
    const shown = await world().call(describeHealthCheckAttribute, { RegionId: regionId, SmartAGId, HcInstanceId })
    expect(shown).toEqual({
      ...{ HcInstanceId, SmartAGId, ...check, CreateTime: world().now },
      ...{ ProbeInterval: 2000, ProbeCount: 1, ProbeTimeout: 1000 },
      ...{ RttThreshold: -1, RttFailThreshold: 3, FailCountThreshold: 3 },
    })
    const row = await world().store.read((db) =>
      db.selectFrom('gateway_config').select('config').where('instance_id', '=', SmartAGId).executeTakeFirst(),
    )
    expect(JSON.parse(row?.config ?? '{}').healthChecks).toEqual([
      {
        ...{ id: HcInstanceId, generation: 1, from: '10.1.0.1', to: '10.10.0.1' },
        ...{ intervalMs: 2000, count: 1, timeoutMs: 1000, failures: 3, slowAnswers: 3 },
      },
    ])
    expect(world().told).toContain(serial)
  })

  test.each([
    ['the shortest of everything', { ProbeInterval: '1000', ProbeCount: '1', ProbeTimeout: '10', RttThreshold: '1' }],
    [
      'the longest of everything',
      { ProbeInterval: '60000', ProbeCount: '20', ProbeTimeout: '30000', RttThreshold: '5000' },
    ],
    ['a Chinese name', { Name: '健康检查-1', Description: '备注' }],
    ['the least and the most that make it fail', { RttFailThreshold: '1', FailCountThreshold: '15' }],
  ])('takes %s', async (_, more) => {
    await added(await world().addInstance(), more)
  })

  test.each([
    ['MissingName', { Name: '' }],
    ['MissingType', { Type: ' ' }],
    ['MissingDstIpAddr', { DstIpAddr: '' }],
    ['MissingSrcIpAddr', { SrcIpAddr: '' }],
    ['MissingSmartAGId', { SmartAGId: '' }],
    ['InvalidName', { Name: '1' }],
    ['InvalidName', { Name: 'a b' }],
    ['InvalidDescription', { Description: 'x' }],
    ['InvalidType', { Type: 'TCP' }],
    ['InvalidDstIpAddr', { DstIpAddr: '300.1.1.1' }],
    ['InvalidDstIpAddr', { DstIpAddr: '224.0.0.1' }],
    ['InvalidSrcIpAddr', { SrcIpAddr: 'host' }],
    ['InvalidProbeInterval', { ProbeInterval: '999' }],
    ['InvalidProbeCount', { ProbeCount: '21' }],
    ['InvalidProbeTimeout', { ProbeTimeout: '9' }],
    ['InvalidRttThreshold', { RttThreshold: '0' }],
    ['InvalidRttFailThreshold', { RttFailThreshold: '16' }],
    ['InvalidFailCountThreshold', { FailCountThreshold: '0' }],
    ['InvalidDstPort', { DstPort: '65536' }],
    ['InvalidRegionID', { RegionId: 'mars' }],
  ])('%s: %j', async (code, more) => {
    expect(await refused('sag-none', more)).toBe(code)
  })

  test('SAG.InstanceNoFound: unknown, of another account, in another region', async () => {
    const foreign = await world().addInstance({ accountId: otherAccountId })
    const elsewhere = await world().addInstance({ regionId: 'cn-hangzhou' })
    for (const id of ['sag-none', foreign, elsewhere]) expect(await refused(id)).toBe('SAG.InstanceNoFound')
  })

  test('FeatureNotSupport: a SAG APP has no gateway', async () => {
    expect(await refused(await world().addInstance({ kind: 'app' }))).toBe('FeatureNotSupport')
  })

  test('ResourceInOperating: one more than an instance may have', async () => {
    const id = await world().addInstance()
    for (let count = 0; count < healthCheckLimit; count++) await added(id)
    expect(await refused(id)).toBe('ResourceInOperating')
    await added(await world().addInstance())
  })
})
