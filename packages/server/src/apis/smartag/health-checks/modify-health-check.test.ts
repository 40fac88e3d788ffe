import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addHealthCheck } from '../../testing/networks.suite.ts'
import { describeHealthCheckAttribute } from './describe-health-check-attribute.ts'
import { modifyHealthCheck as operation } from './modify-health-check.ts'

testOperation(operation, (world) => {
  test('what is sent is changed, a blank description is cleared, and its gateways hold the new settings under another number', async () => {
    const SmartAGId = await world().addInstance()
    const serial = await world().addDevice(SmartAGId)
    const HcInstanceId = await addHealthCheck(world(), SmartAGId, { name: 'north', description: 'cold', failures: 5 })
    world().told.length = 0
    const call = { RegionId: regionId, SmartAGId, HcInstanceId }
    await world().call(operation, {
      ...call,
      Description: '',
      ProbeInterval: '9000',
      RttThreshold: '70',
      SrcIpAddr: '10.1.0.9',
    })
    expect(world().told).toEqual([serial])
    const shown = await world().call(describeHealthCheckAttribute, call)
    expect(shown).toMatchObject({ Name: 'north', ProbeInterval: 9000, RttThreshold: 70, FailCountThreshold: 5 })
    expect(shown.Description).toBeUndefined()
    const row = await world().store.read((db) =>
      db.selectFrom('gateway_config').select('config').where('instance_id', '=', SmartAGId).executeTakeFirst(),
    )
    expect(JSON.parse(row?.config ?? '{}').healthChecks).toMatchObject([
      { id: HcInstanceId, generation: 2, from: '10.1.0.9', intervalMs: 9000, slowMs: 70, failures: 5 },
    ])
  })

  test.each([
    ['InvalidName', { Name: '1' }],
    ['InvalidType', { Type: 'TCP' }],
    ['InvalidProbeTimeout', { ProbeTimeout: '30001' }],
    ['MissingHcInstanceId', { HcInstanceId: '' }],
  ])('%s: %j', async (code, more) => {
    const call = { RegionId: regionId, SmartAGId: 'sag-none', HcInstanceId: 'hc-none' }
    expect(await world().refused(operation, { ...call, ...more })).toBe(code)
  })

  test('HC.InstanceNoFound: unknown, of another instance, in another region, of another account', async () => {
    const SmartAGId = await world().addInstance()
    const HcInstanceId = await addHealthCheck(world(), SmartAGId)
    const theirs = await world().addInstance({ accountId: otherAccountId })
    const foreign = await addHealthCheck(world(), theirs)
    const call = { RegionId: regionId, SmartAGId, HcInstanceId, Name: 'other' }
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
