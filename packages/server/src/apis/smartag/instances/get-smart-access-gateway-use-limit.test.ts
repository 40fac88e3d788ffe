import { expect, test } from 'vitest'
import { instanceLimit } from '../../../model/instance-limit.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addApp } from '../../testing/remote-users.suite.ts'
import { getSmartAccessGatewayUseLimit as operation } from './get-smart-access-gateway-use-limit.ts'

testOperation(operation, (world) => {
  const limits = () => world().call(operation, { RegionId: regionId })

  test('counts the instances of the account, of every kind and region, and nobody else’s', async () => {
    await world().addInstance({ accountId: otherAccountId })
    expect(await limits()).toEqual({ TotalAmount: 500, UsedAmount: 0 })
    await world().addInstance({ regionId: 'cn-hangzhou', state: 'unpaid' })
    await addApp(world())
    expect(await limits()).toEqual({ TotalAmount: 500, UsedAmount: 2 })
  })

  test('without a shop an account may have more', async () => {
    world().shop = false
    expect(await limits()).toMatchObject({ TotalAmount: instanceLimit(false) })
  })
})
