import { expect, test } from 'vitest'
import { ccnLimit } from '../../../model/ccn.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn } from '../../testing/networks.suite.ts'
import { createCloudConnectNetwork } from './create-cloud-connect-network.ts'
import { getCloudConnectNetworkUseLimit as operation } from './get-cloud-connect-network-use-limit.ts'

testOperation(operation, (world) => {
  const limits = () => world().call(operation, { RegionId: regionId })

  test('counts the networks of the account, of every region, and nobody else’s', async () => {
    expect(await limits()).toEqual({ TotalAmount: ccnLimit, UsedAmount: 0 })
    await addCcn(world(), { accountId: otherAccountId })
    await world().call(createCloudConnectNetwork, { RegionId: regionId })
    await world().call(createCloudConnectNetwork, { RegionId: 'cn-hangzhou' })
    expect(await limits()).toEqual({ TotalAmount: ccnLimit, UsedAmount: 2 })
  })

  test('what it tells is what an account may have', async () => {
    const { TotalAmount } = await limits()
    for (let made = 0; made < Number(TotalAmount); made += 1) {
      await world().call(createCloudConnectNetwork, { RegionId: regionId })
    }
    expect(await limits()).toMatchObject({ UsedAmount: TotalAmount })
    expect(await world().refused(createCloudConnectNetwork, { RegionId: regionId })).toBe('CcnAmountLimit')
  })
})
