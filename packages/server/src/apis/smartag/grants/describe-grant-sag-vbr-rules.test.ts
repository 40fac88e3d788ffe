import { expect, test } from 'vitest'
import { toWire } from '../../../declare/index.ts'
import { accountId, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addVbr, grantToVbr } from '../../testing/networks.suite.ts'
import { describeGrantSagVbrRules as operation } from './describe-grant-sag-vbr-rules.ts'

testOperation(operation, (world) => {
  async function list(params: Readonly<Record<string, string>>) {
    return toWire(operation.result, await world().call(operation, { RegionId: regionId, ...params }))
  }

  test('shows the owner of the instance what it granted, and whether it is used', async () => {
    const id = await world().addInstance()
    const [free, used] = [
      await addVbr(world(), { accountId: otherAccountId }),
      await addVbr(world(), { accountId: otherAccountId, instanceId: id }),
    ]
    for (const vbr of [free, used]) await grantToVbr(world(), id, vbr, otherAccountId)
    const rule = (vbr: string, Bound: boolean) => ({
      InstanceId: expect.stringMatching(/^sgv-/),
      SmartAGId: id,
      SmartAGUid: Number(accountId),
      VbrInstanceId: vbr,
      VbrRegionId: regionId,
      VbrUid: Number(otherAccountId),
      Bound,
      CreateTime: world().now,
    })
    expect(await list({ SmartAGId: id })).toEqual({
      TotalCount: 2,
      PageNumber: 1,
      PageSize: 10,
      GrantRules: { GrantRule: [rule(free, false), rule(used, true)] },
    })
    expect(await list({ SmartAGId: id, VbrInstanceId: used })).toMatchObject({
      TotalCount: 1,
      GrantRules: { GrantRule: [rule(used, true)] },
    })
    expect(await list({ SmartAGId: id, PageSize: '1', PageNumber: '2' })).toMatchObject({
      TotalCount: 2,
      GrantRules: { GrantRule: [rule(used, true)] },
    })
  })

  test('shows the owner of the line what was granted to it, and nothing of a grant between others', async () => {
    const theirs = await world().addInstance({ accountId: otherAccountId })
    const vbr = await addVbr(world())
    await grantToVbr(world(), theirs, vbr, accountId)
    expect(await list({ VbrInstanceId: vbr })).toMatchObject({
      TotalCount: 1,
      GrantRules: { GrantRule: [{ SmartAGId: theirs, SmartAGUid: Number(otherAccountId) }] },
    })
    await grantToVbr(world(), theirs, 'vbr-between', otherAccountId)
    expect(await list({ VbrInstanceId: 'vbr-between' })).toMatchObject({ TotalCount: 0 })
    expect(await list({ VbrInstanceId: 'vbr-none' })).toMatchObject({ TotalCount: 0 })
  })

  test('is empty for an instance of yours that is not granted', async () => {
    expect(await list({ SmartAGId: await world().addInstance() })).toMatchObject({ TotalCount: 0 })
  })

  test('SAG.InstanceIdEmpty: neither side is named', async () => {
    expect(await world().refused(operation, { RegionId: regionId })).toBe('SAG.InstanceIdEmpty')
    expect(await world().refused(operation, { RegionId: regionId, SmartAGId: ' ' })).toBe('SAG.InstanceIdEmpty')
  })

  test('SAG.InstanceNoFound: unknown, of another account, in another region', async () => {
    const foreign = await world().addInstance({ accountId: otherAccountId })
    await grantToVbr(world(), foreign, 'vbr-between', otherAccountId)
    const elsewhere = await world().addInstance({ regionId: 'cn-hangzhou' })
    for (const SmartAGId of ['sag-none', foreign, elsewhere]) {
      expect(await world().refused(operation, { RegionId: regionId, SmartAGId })).toBe('SAG.InstanceNoFound')
    }
  })
})
