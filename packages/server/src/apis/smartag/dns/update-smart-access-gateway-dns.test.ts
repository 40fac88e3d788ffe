import { expect, test } from 'vitest'
import { addBox } from '../../testing/box.suite.ts'
import { boxTold } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { newerKind, testChangedNewerBox, testNewerBox } from '../../testing/newer-box.suite.ts'
import { updateSmartAccessGatewayDns as operation } from './update-smart-access-gateway-dns.ts'

testOperation(operation, (world) => {
  const more = { MasterDns: '10.1.0.53' }
  testNewerBox(world, operation, more)
  testChangedNewerBox(world, operation, more)

  test.each(['MasterDns', 'SlaveDns'])('InvalidParameter.%s, before the instance', async (name) => {
    const request = { RegionId: regionId, SagInsId: 'sag-none', SagSn: 'sag1', [name]: '127.0.0.1' }
    expect(await world().refused(operation, request)).toBe(`InvalidParameter.${name}`)
  })

  test('a server that is left out is taken away', async () => {
    const id = await world().addInstance()
    const request = { RegionId: regionId, SagInsId: id, SagSn: await addBox(world(), id, newerKind) }
    await world().call(operation, { ...request, MasterDns: '10.1.0.53', SlaveDns: '10.1.0.54' })
    await world().call(operation, { ...request, MasterDns: '10.1.0.54' })
    expect(await boxTold(world(), request.SagSn)).toEqual({ dns: { master: '10.1.0.54' } })
  })
})
