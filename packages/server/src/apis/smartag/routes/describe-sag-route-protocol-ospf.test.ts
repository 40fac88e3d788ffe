import { expect, test } from 'vitest'
import { addBox, type factoryBox, testQueriedBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { routingOf } from '../../testing/routing.suite.ts'
import { describeSagRouteProtocolOspf as operation } from './describe-sag-route-protocol-ospf.ts'

testOperation(operation, (world) => {
  testQueriedBox(world, { operation })

  test('shows how it speaks OSPF; of the key only that there is one', async () => {
    const id = await world().addInstance()
    const shown = async (report: Partial<typeof factoryBox>) => {
      const SmartAGSn = await addBox(world(), id, {}, report)
      const { TaskStates: _, ...rest } = await world().call(operation, {
        RegionId: regionId,
        SmartAGId: id,
        SmartAGSn,
      })
      return rest
    }
    const times = { RouterId: '10.1.0.1', HelloTime: 3, DeadTime: 10 }
    expect(await shown({})).toEqual({
      ...times,
      AreaId: '86',
      AreaType: 'NSSA',
      AuthenticationType: 'MD5',
      Md5KeyId: 7,
      Md5Key: '******',
    })
    const ospf = {
      routerId: '10.1.0.1',
      area: 0,
      hello: 3,
      dead: 10,
      authentication: 'NONE',
      hasMd5Key: false,
    } as const
    expect(await shown(routingOf({ ospf }))).toEqual({
      ...times,
      AreaId: '0',
      AreaType: '',
      AuthenticationType: 'NONE',
    })
  })
})
