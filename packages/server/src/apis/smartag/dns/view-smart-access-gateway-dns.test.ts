import { expect, test } from 'vitest'
import { addBox, saysBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { newerKind, testNewerBox } from '../../testing/newer-box.suite.ts'
import { updateSmartAccessGatewayDns } from './update-smart-access-gateway-dns.ts'
import { viewSmartAccessGatewayDns as operation } from './view-smart-access-gateway-dns.ts'

testOperation(operation, (world) => {
  testNewerBox(world, operation)

  test('shows the servers that the device says were set, and how far what was set is', async () => {
    const id = await world().addInstance()
    const request = { RegionId: regionId, SagInsId: id, SagSn: await addBox(world(), id, newerKind) }
    await world().call(updateSmartAccessGatewayDns, { ...request, MasterDns: '10.1.0.53' })
    expect(await world().call(operation, request)).toMatchObject({ TaskStates: [{ State: 'Initialized' }] })
    const dns = { set: { master: '10.1.0.53' }, current: ['10.1.0.53'] }
    await saysBox(world(), id, request.SagSn, { dns })
    expect(await world().call(operation, request)).toMatchObject({
      MasterDns: '10.1.0.53',
      TaskStates: [{ State: 'Succeed' }],
    })
  })
})
