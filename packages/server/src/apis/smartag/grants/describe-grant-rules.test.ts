import { expect, test } from 'vitest'
import { toWire } from '../../../declare/index.ts'
import { accountId, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, grantToCen } from '../../testing/networks.suite.ts'
import { describeGrantRules as operation } from './describe-grant-rules.ts'

testOperation(operation, (world) => {
  async function list(params: Readonly<Record<string, string>> = {}) {
    return toWire(operation.result, await world().call(operation, { RegionId: regionId, ...params }))
  }

  test('shows the grants of your networks in the region, or of one of them, page by page', async () => {
    const [first, second] = [await addCcn(world()), await addCcn(world())]
    for (const ccn of [first, second]) await grantToCen(world(), ccn, 'cen-1', otherAccountId)
    await grantToCen(world(), await addCcn(world(), { regionId: 'cn-hangzhou' }), 'cen-1', otherAccountId)
    await grantToCen(world(), await addCcn(world(), { accountId: otherAccountId }), 'cen-1', accountId)

    const rule = (ccn: string) => ({
      GrantRuleId: expect.any(String),
      CcnInstanceId: ccn,
      CcnUid: Number(accountId),
      CenInstanceId: 'cen-1',
      CenUid: Number(otherAccountId),
      GrantTrafficService: false,
      RegionId: regionId,
      GmtCreate: world().now,
      GmtModified: world().now,
    })
    expect(await list()).toMatchObject({ TotalCount: 2, GrantRules: { GrantRule: [rule(first), rule(second)] } })
    expect(await list({ AssociatedCcnId: second })).toEqual({
      TotalCount: 1,
      PageNumber: 1,
      PageSize: 10,
      GrantRules: { GrantRule: [rule(second)] },
    })
    expect(await list({ PageSize: '1', PageNumber: '2' })).toMatchObject({
      TotalCount: 2,
      GrantRules: { GrantRule: [rule(second)] },
    })
  })

  test('is empty for a network that is not there, or not yours', async () => {
    const foreign = await addCcn(world(), { accountId: otherAccountId })
    await grantToCen(world(), foreign, 'cen-1', accountId)
    for (const AssociatedCcnId of [foreign, 'ccn-none']) {
      expect(await list({ AssociatedCcnId })).toMatchObject({ TotalCount: 0, GrantRules: { GrantRule: [] } })
    }
  })

  test('InvalidPageSize from the front door', async () => {
    expect(await world().refused(operation, { RegionId: regionId, PageSize: '51' })).toBe('InvalidPageSize')
  })
})
