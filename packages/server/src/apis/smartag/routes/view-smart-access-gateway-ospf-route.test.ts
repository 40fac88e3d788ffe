import { expect, test } from 'vitest'
import { addBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { newerKind, testNewerBox } from '../../testing/newer-box.suite.ts'
import { viewSmartAccessGatewayOspfRoute as operation } from './view-smart-access-gateway-ospf-route.ts'

testOperation(operation, (world) => {
  testNewerBox(world, operation)

  test('shows what the device said', async () => {
    const id = await world().addInstance()
    const SagSn = await addBox(world(), id, newerKind)
    const shown = await world().call(operation, { RegionId: regionId, SagInsId: id, SagSn })
    expect(shown).toMatchObject({
      AreaId: 86,
      AuthenticationType: 'MD5',
      Md5KeyId: 7,
      Md5Key: '******',
      HelloTime: 3,
      DeadTime: 10,
    })
    expect(shown).toMatchObject({ TaskStates: [{ State: 'Succeed' }] })
  })
})
