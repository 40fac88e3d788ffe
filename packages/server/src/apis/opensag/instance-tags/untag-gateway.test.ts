import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { listFleet } from '../list-fleet.ts'
import { tagGateway } from './tag-gateway.ts'
import { untagGateway as operation } from './untag-gateway.ts'

testOperation(operation, (world) => {
  test('the tags of these keys are gone, and the others stay', async () => {
    const SmartAGId = await world().addInstance()
    const keys = { 'TagKey.1': 'a', 'TagKey.2': 'none' }
    await world().call(operation, { SmartAGId, ...keys })
    await world().call(tagGateway, { SmartAGId, 'Tag.1.Key': 'a', 'Tag.2.Key': 'b', 'Tag.2.Value': '2' })
    await world().call(operation, { SmartAGId, RegionId: regionId, ...keys })
    const rows = async () => (await world().call(listFleet))['Instances']
    expect(await rows()).toMatchObject([{ Tags: [{ Key: 'b', Value: '2' }] }])
    await world().call(operation, { SmartAGId, 'TagKey.1': 'b' })
    expect(await rows()).toMatchObject([{ Tags: [] }])
  })

  test('InvalidTagKey: none, or one that no tag can have', async () => {
    const SmartAGId = await world().addInstance()
    expect(await world().refused(operation, { SmartAGId })).toBe('InvalidTagKey')
    expect(await world().refused(operation, { SmartAGId, 'TagKey.1': 'x'.repeat(129) })).toBe('InvalidTagKey')
  })

  test('SizeLimitExceeded.TagNum: more keys than an instance can have', async () => {
    const SmartAGId = await world().addInstance()
    const keys = Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`TagKey.${at + 1}`, `k${at}`]))
    expect(await world().refused(operation, { SmartAGId, ...keys })).toBe('SizeLimitExceeded.TagNum')
  })

  test('SAG.InstanceNoFound: not there, of another account, or in another region', async () => {
    const mine = await world().addInstance()
    const other = await world().addInstance({ accountId: otherAccountId })
    for (const asked of [
      {},
      { SmartAGId: 'sag-none' },
      { SmartAGId: other },
      { SmartAGId: mine, RegionId: 'eu-central-1' },
    ]) {
      expect(await world().refused(operation, { ...asked, 'TagKey.1': 'a' })).toBe('SAG.InstanceNoFound')
    }
  })
})
