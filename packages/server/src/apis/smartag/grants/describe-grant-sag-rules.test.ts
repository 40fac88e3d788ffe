import { expect, test } from 'vitest'
import { toWire } from '../../../declare/index.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, grant } from '../../testing/networks.suite.ts'
import { describeGrantSagRules as operation } from './describe-grant-sag-rules.ts'

testOperation(operation, (world) => {
  async function list(SmartAGId: string, params: Readonly<Record<string, string>> = {}) {
    return toWire(operation.result, await world().call(operation, { RegionId: regionId, SmartAGId, ...params }))
  }

  test('shows the grant of an instance', async () => {
    const [id, ccn] = [await world().addInstance(), await addCcn(world(), { accountId: otherAccountId })]
    await grant(world(), id, ccn)
    expect(await list(id)).toEqual({
      TotalCount: 1,
      PageNumber: 1,
      PageSize: 10,
      GrantRules: {
        GrantRule: [
          {
            InstanceId: expect.stringMatching(/^sgc-/),
            SmartAGId: id,
            CcnInstanceId: ccn,
            CcnUid: Number(otherAccountId),
            GrantTrafficService: false,
            CreateTime: world().now,
          },
        ],
      },
    })
    expect(await list(id, { PageNumber: '2' })).toMatchObject({ TotalCount: 1, GrantRules: { GrantRule: [] } })
  })

  test.each([
    ['is not granted', {}],
    ["is another account's", { accountId: otherAccountId }],
    ['lives in another region', { regionId: 'cn-hangzhou' }],
  ])('is empty for an instance that %s', async (title, instance) => {
    const id = await world().addInstance(instance)
    if (title !== 'is not granted') await grant(world(), id, await addCcn(world()))
    expect(await list(id)).toEqual({ TotalCount: 0, PageNumber: 1, PageSize: 10, GrantRules: { GrantRule: [] } })
  })

  test('MissingSmartAGId and InvalidPageSize from the front door', async () => {
    expect(await world().refused(operation, { RegionId: regionId })).toBe('MissingSmartAGId')
    expect(await world().refused(operation, { RegionId: regionId, SmartAGId: 'sag-1', PageSize: '51' })).toBe(
      'InvalidPageSize',
    )
  })
})
