import { expect, test } from 'vitest'
import { addBox, testQueriedBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSagRouteProtocolBgp as operation } from './describe-sag-route-protocol-bgp.ts'

testOperation(operation, (world) => {
  testQueriedBox(world, { operation })

  test('shows how it speaks BGP', async () => {
    const id = await world().addInstance()
    const SmartAGSn = await addBox(world(), id)
    expect(await world().call(operation, { RegionId: regionId, SmartAGId: id, SmartAGSn })).toMatchObject({
      RouterId: '10.1.0.1',
      LocalAs: 12_345,
      KeepAlive: 3,
      HoldTime: 9,
    })
  })
})
