import { expect, test } from 'vitest'
import { addBox } from '../../testing/box.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { newerKind, testNewerBox } from '../../testing/newer-box.suite.ts'
import { addSmartAccessGatewayDnsForward } from './add-smart-access-gateway-dns-forward.ts'
import { viewSmartAccessGatewayDnsForwards as operation } from './view-smart-access-gateway-dns-forwards.ts'

testOperation(operation, (world) => {
  testNewerBox(world, operation)

  test('lists all that are set of the device, the oldest first, and none of another', async () => {
    const id = await world().addInstance()
    const request = { RegionId: regionId, SagInsId: id, SagSn: await addBox(world(), id, newerKind) }
    const done = { Code: '200', HttpStatusCode: 200, Success: true, Message: 'Successful' }
    expect(await world().call(operation, request)).toEqual({ ...done, Count: 0, Data: [] })
    const added: unknown[] = []
    for (const Domain of ['two.example', 'one.example']) {
      const forward = { ...request, Domain, MasterIp: '10.1.0.53' }
      added.push((await world().call(addSmartAccessGatewayDnsForward, forward)).Data)
    }
    expect(await world().call(operation, request)).toEqual({ ...done, Count: 2, Data: added })
    const SagSn = await addBox(world(), id, newerKind)
    expect(await world().call(operation, { ...request, SagSn })).toMatchObject({ Count: 0 })
  })
})
