import { mostDnsForwards } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { addBox } from '../../testing/box.suite.ts'
import { boxTold } from '../../testing/box-settings.suite.ts'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { newerKind, testChangedNewerBox, testNewerBox } from '../../testing/newer-box.suite.ts'
import { addSmartAccessGatewayDnsForward as operation } from './add-smart-access-gateway-dns-forward.ts'

testOperation(operation, (world) => {
  const more = { Domain: 'corp.example', MasterIp: '10.1.0.53' }
  testNewerBox(world, operation, more)
  testChangedNewerBox(world, operation, more, {
    Code: '200',
    HttpStatusCode: 200,
    Success: true,
    Message: 'Successful',
  })

  const onBox = async (): Promise<Readonly<Record<string, string>>> => {
    const id = await world().addInstance()
    return { RegionId: regionId, SagInsId: id, SagSn: await addBox(world(), id, newerKind), ...more }
  }
  const nowhere = { RegionId: regionId, SagInsId: 'sag-none', SagSn: 'sag1', ...more }

  test.each(['Domain', 'MasterIp'])('MissParameter.%s, before the instance', async (name) => {
    expect(await world().refused(operation, { ...nowhere, [name]: '' })).toBe(`MissParameter.${name}`)
  })

  test.each([
    ['Domain', { Domain: 'corp..example' }],
    ['Domain', { Domain: 'corp.example/10.0.0.1' }],
    ['Domain', { Domain: '-corp.example' }],
    ['Domain', { Domain: '*corp.example' }],
    ['Domain', { Domain: `${'a'.repeat(64)}.example` }],
    ['Domain', { Domain: 'corp.example\nserver=10.0.0.1' }],
    ['MasterIp', { MasterIp: 'corp.example' }],
    ['SlaveIp', { SlaveIp: '127.0.0.1' }],
    ['Mode', { Mode: 'first of all' }],
    ['OutboundPortType', { OutboundPortType: 'tunnel' }],
    ['OutboundPortIndex', { OutboundPortType: 'PhysicalPort' }],
    ['OutboundPortIndex', { OutboundPortType: 'PhysicalPort', OutboundPortIndex: '1' }],
    ['OutboundPortIndex', { OutboundPortType: 'PhysicalPort', OutboundPortIndex: 'eth0' }],
    ['OutboundPortName', { OutboundPortType: 'PhysicalPort', OutboundPortName: 'eth1' }],
    ['OutboundPortName', { OutboundPortType: 'PhysicalPort', OutboundPortIndex: '0', OutboundPortName: 'lte' }],
  ] as const)('InvalidParameter.%s: %j, before the instance', async (name, wrong) => {
    expect(await world().refused(operation, { ...nowhere, ...wrong })).toBe(`InvalidParameter.${name}`)
  })

  test.each([
    ['*.Corp.Example.', 'corp.example', {}, undefined, undefined],
    ['*', '*', { OutboundPortType: 'Tunnel', OutboundPortName: 'eth9' }, 'tunnel', undefined],
    ['a', 'a', { OutboundPortType: 'PhysicalPort', OutboundPortIndex: '2' }, 'modem', [2, 'lte']],
    ['b', 'b', { OutboundPortType: 'PhysicalPort', OutboundPortName: 'eth0' }, 'wan', [0, 'eth0']],
  ] as const)(
    '%s is %s: with %j the gateway is told the way %s',
    async (Domain, domain, port: Readonly<Record<string, string>>, way, shown) => {
      const request = await onBox()
      const { Data } = await world().call(operation, { ...request, ...port, Domain, SlaveIp: '10.1.0.54' })
      expect(Data).toEqual({
        InstanceId: expect.stringMatching(/^sagv3dnsforward-[a-z0-9]{18}$/),
        ...{ Domain: domain, MasterIp: '10.1.0.53', SlaveIp: '10.1.0.54', Mode: 'first' },
        OutboundPortType: port['OutboundPortType'] ?? 'None',
        ...(shown === undefined ? {} : { OutboundPortIndex: shown[0], OutboundPortName: shown[1] }),
      })
      const told = { domain, master: '10.1.0.53', slave: '10.1.0.54', ...(way === undefined ? {} : { way }) }
      expect(await boxTold(world(), request.SagSn ?? '')).toEqual({ forwards: [told] })
    },
  )

  test('InvalidParameter.Domain: the device has a forward for it, however it is written', async () => {
    const request = await onBox()
    await world().call(operation, request)
    expect(await world().refused(operation, { ...request, Domain: '*.CORP.example' })).toBe('InvalidParameter.Domain')
  })

  test(`ResourceInOperating: it has ${mostDnsForwards}, which fit into a frame`, async () => {
    const request = await onBox()
    for (let one = 1; one <= mostDnsForwards; one++)
      await world().call(operation, {
        ...request,
        Domain: `department-${one}.corp.example`,
        SlaveIp: '192.168.100.154',
      })
    expect(await world().refused(operation, request)).toBe('ResourceInOperating')
    const told = await boxTold(world(), request.SagSn ?? '')
    expect(JSON.stringify(told).length).toBeLessThan(12 * 1024)
  })
})
