import { expect, test } from 'vitest'
import { addBox } from '../../testing/box.suite.ts'
import { boxTold } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { newerKind, testBusyNewerBox, testNewerBox } from '../../testing/newer-box.suite.ts'
import { addSmartAccessGatewayDnsForward } from './add-smart-access-gateway-dns-forward.ts'
import { deleteSmartAccessGatewayDnsForward as operation } from './delete-smart-access-gateway-dns-forward.ts'

testOperation(operation, (world) => {
  const more = { InstanceId: 'sagv3dnsforward-none' }
  testNewerBox(world, operation, more)
  testBusyNewerBox(world, operation, more)

  const onBox = async () => {
    const id = await world().addInstance()
    return { RegionId: regionId, SagInsId: id, SagSn: await addBox(world(), id, newerKind) }
  }

  test('MissParameter.InstanceId, before the instance', async () => {
    const request = { RegionId: regionId, SagInsId: 'sag-none', SagSn: 'sag1' }
    expect(await world().refused(operation, request)).toBe('MissParameter.InstanceId')
  })

  test('it is taken off the device, which without any answers as before; a second time it is InvalidParameter.InstanceId', async () => {
    const [request, other] = [await onBox(), await onBox()]
    const forward = { ...request, Domain: 'corp.example', MasterIp: '10.1.0.53' }
    const { Data } = await world().call(addSmartAccessGatewayDnsForward, forward)
    const { InstanceId } = Data as { readonly InstanceId: string }
    expect(await world().refused(operation, { ...other, InstanceId })).toBe('InvalidParameter.InstanceId')
    expect((await boxTold(world(), request.SagSn))?.forwards).toHaveLength(1)
    const done = { Code: '200', HttpStatusCode: '200', Success: 'true', Message: 'Successful' }
    expect(await world().call(operation, { ...request, InstanceId })).toEqual(done)
    expect(await boxTold(world(), request.SagSn)).toBeUndefined()
    expect(await world().refused(operation, { ...request, InstanceId })).toBe('InvalidParameter.InstanceId')
  })
})
