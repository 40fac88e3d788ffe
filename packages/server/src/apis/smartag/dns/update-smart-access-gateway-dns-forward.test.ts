import { expect, test } from 'vitest'
import { addBox } from '../../testing/box.suite.ts'
import { boxTold } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { newerKind, testBusyNewerBox, testNewerBox } from '../../testing/newer-box.suite.ts'
import { addSmartAccessGatewayDnsForward } from './add-smart-access-gateway-dns-forward.ts'
import { updateSmartAccessGatewayDnsForward as operation } from './update-smart-access-gateway-dns-forward.ts'
import { viewSmartAccessGatewayDnsForwards } from './view-smart-access-gateway-dns-forwards.ts'

testOperation(operation, (world) => {
  const more = { Domain: 'corp.example', MasterIp: '10.1.0.53', InstanceId: 'sagv3dnsforward-none' }
  testNewerBox(world, operation, more)
  testBusyNewerBox(world, operation, more)

  async function added(Domain: string, request: Readonly<Record<string, string>>): Promise<string> {
    const all = { ...request, Domain, MasterIp: '10.1.0.53', SlaveIp: '10.1.0.54', Mode: 'second' }
    const { Data } = await world().call(addSmartAccessGatewayDnsForward, { ...all, OutboundPortType: 'Tunnel' })
    return (Data as { readonly InstanceId: string }).InstanceId
  }

  const onBox = async () => {
    const id = await world().addInstance()
    return { RegionId: regionId, SagInsId: id, SagSn: await addBox(world(), id, newerKind) }
  }

  test.each([
    ['MissParameter.InstanceId', { InstanceId: '' }],
    ['MissParameter.Domain', { Domain: '' }],
    ['MissParameter.MasterIp', { MasterIp: '' }],
    ['InvalidParameter.Domain', { Domain: 'corp example' }],
    ['InvalidParameter.MasterIp', { MasterIp: '0.0.0.0' }],
    ['InvalidParameter.SlaveIp', { SlaveIp: '0.0.0.0' }],
    ['InvalidParameter.Mode', { Mode: '?' }],
    ['InvalidParameter.OutboundPortType', { OutboundPortType: 'Port' }],
    ['InvalidParameter.OutboundPortIndex', { OutboundPortIndex: 'eth0' }],
    ['InvalidParameter.OutboundPortIndex', { OutboundPortType: 'PhysicalPort', OutboundPortIndex: '3' }],
    ['InvalidParameter.OutboundPortName', { OutboundPortType: 'PhysicalPort', OutboundPortName: 'eth3' }],
  ])('%s: %j, before the instance', async (code, wrong) => {
    const request = { RegionId: regionId, SagInsId: 'sag-none', SagSn: 'sag1', ...more, ...wrong }
    expect(await world().refused(operation, request)).toBe(code)
  })

  test('the whole entry is replaced, at its place; what is left out is reset', async () => {
    const request = await onBox()
    const first = await added('one.example', request)
    await added('two.example', request)
    const changed = { ...request, InstanceId: first, Domain: 'three.example', MasterIp: '10.1.0.55' }
    const done = { Code: '200', HttpStatusCode: '200', Success: 'true', Message: 'Successful' }
    expect(await world().call(operation, changed)).toEqual(done)
    expect(await world().call(viewSmartAccessGatewayDnsForwards, request)).toMatchObject({
      Data: [
        { InstanceId: first, Domain: 'three.example', MasterIp: '10.1.0.55', Mode: 'first', OutboundPortType: 'None' },
        { Domain: 'two.example', SlaveIp: '10.1.0.54', Mode: 'second' },
      ],
    })
    const [told] = (await boxTold(world(), request.SagSn))?.forwards ?? []
    expect(told).toEqual({ domain: 'three.example', master: '10.1.0.55' })
  })

  test('InvalidParameter.InstanceId: the device has none like it; InvalidParameter.Domain: another one has it', async () => {
    const [request, other] = [await onBox(), await onBox()]
    const InstanceId = await added('one.example', request)
    await added('two.example', request)
    const change = { Domain: 'two.example', MasterIp: '10.1.0.53', InstanceId }
    expect(await world().refused(operation, { ...other, ...change })).toBe('InvalidParameter.InstanceId')
    expect(await world().refused(operation, { ...request, ...change })).toBe('InvalidParameter.Domain')
    await world().call(operation, { ...request, ...change, Domain: 'ONE.example' })
  })
})
