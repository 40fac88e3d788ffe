import { afterAll, beforeAll, expect, test } from 'vitest'
import { instanceOf, popCore } from '../support/api.ts'
import { setFirstPassword, statusPageOf } from '../support/local-console.ts'
import { opensag } from '../support/process.ts'
import { type Sandbox, startSandbox } from '../support/sandbox.ts'
import { until } from '../support/time.ts'

const serial = 'sagdemo100wm'
const password = 'First_password1'

let sandbox: Sandbox
let instance: string
let localConsole: string

beforeAll(async () => {
  sandbox = await startSandbox()
  localConsole = (await sandbox.device(serial)).localConsole ?? ''
  instance = await instanceOf(sandbox, serial)
  expect(await setFirstPassword(localConsole, password)).toBe(303)
})

afterAll(() => sandbox.remove())

function call(action: string, params: object): Promise<Readonly<Record<string, unknown>>> {
  return popCore(sandbox).request(action, { RegionId: sandbox.regionId, SmartAGId: instance, ...params })
}

async function synchronised(): Promise<true | undefined> {
  const { SynStatus } = await call('DescribeSAGDeviceInfo', { SmartAGSn: serial })
  return SynStatus === 'Synchronized' ? true : undefined
}

test('what the API says of remote logon reaches the gateway, which shows it at its console', async () => {
  await until('the gateway has its first configuration', synchronised)
  const before = await statusPageOf(localConsole, password)
  expect(before).toContain('10.2.0.0/24')
  const revision = Number(new RegExp(`${instance}, revision (\\d+)`).exec(before)?.[1])

  await call('ModifySagRemoteAccess', { SerialNumber: serial, RemoteAccessIp: '10.2.0.2' })
  await until('the gateway has the address', synchronised)
  const page = await statusPageOf(localConsole, password)
  expect(page).toContain('10.2.0.2')
  expect(page).toContain(`${instance}, revision ${revision + 1}`)
})

test('a gateway without power gets it when it comes back', async () => {
  await sandbox.operator('device', 'power', serial, 'off')
  await sandbox.device(serial, ({ online }) => !online)
  await expect(sandbox.operator('device', 'rendered', serial)).rejects.toThrow('has no power')
  await call('ClearSagRouteableAddress', { SagId: instance })
  expect(await synchronised()).toBeUndefined()
  await sandbox.operator('device', 'power', serial, 'on')
  await until('the gateway knows', synchronised)
  const back = await sandbox.device(serial)
  expect(await statusPageOf(back.localConsole ?? '', password)).not.toContain('10.2.0.2')
})

test('what a Linux gateway in its place would hand to its programs follows every call', async () => {
  const rendered = async () => sandbox.operator<{ name: string; text: string }[]>('device', 'rendered', serial)
  const leasesOf = async () => (await rendered()).find(({ name }) => name === 'dnsmasq')?.text
  expect(await leasesOf()).toContain('10.2.0.2,10.2.0.254')
  await call('ModifySmartAccessGateway', { CidrBlock: '10.77.0.0/24' })
  await until('the gateway has the block', synchronised)
  expect(await leasesOf()).toContain('10.77.0.2,10.77.0.254')
  const { output } = await opensag(['operator', 'device', 'rendered', serial, '--data', sandbox.data])
  expect(output).toMatch(/^=== nftables\ntable inet opensag\n[\s\S]*=== ip\nlink set eth1 up\n/)
})

test('a limit of the WAN is the rate of the links of the gateway, and half of the limit half of the rate', async () => {
  await sandbox.operator('pop', 'add', '--serial', 'pop-one', '--endpoint', '203.0.113.7')
  const rate = async () => {
    const rendered = await sandbox.operator<{ name: string; text: string }[]>('device', 'rendered', serial)
    return Number(/classid 1:1 htb rate (\d+)kbit/.exec(rendered.find(({ name }) => name === 'tc')?.text ?? '')?.[1])
  }
  await call('ModifySmartAccessGatewayUpBandwidth', { UpBandwidthWan: 2 })
  await until('the gateway has the limit', synchronised)
  expect(await rate()).toBe(2000)
  await call('ModifySmartAccessGatewayUpBandwidth', { UpBandwidthWan: 1 })
  await until('the gateway has half of it', synchronised)
  expect(await rate()).toBe(1000)
})

test('what is set of its ports comes into force, and is shown as the gateway says it is', async () => {
  const device = { SmartAGSn: serial }
  const inForce = async (action: string): Promise<Readonly<Record<string, unknown>> | undefined> => {
    const { TaskStates, RequestId: _, ...shown } = await call(action, device)
    return (TaskStates as readonly { readonly State: string }[])[0]?.State === 'Succeed' ? shown : undefined
  }
  const { Ports } = await call('DescribeSagPortList', device)
  const roles = (Ports as readonly { readonly PortName: string; readonly Role: string }[]).map(
    ({ PortName, Role }) => `${PortName} ${Role}`,
  )
  expect(roles).toEqual(['0 WAN', '1 LAN'])
  expect(await inForce('DescribeSagWanSnat')).toEqual({ Snat: 'DISABLE' })
  await call('ModifySagWanSnat', { ...device, Snat: 'ENABLE' })
  expect(await until('SNAT is on', () => inForce('DescribeSagWanSnat'))).toEqual({ Snat: 'ENABLE' })

  const servers = { MasterDns: '10.77.0.53', SlaveDns: '203.0.113.53' }
  await call('ModifySagUserDns', { ...device, ...servers })
  expect(await until('the servers are set', () => inForce('DescribeSagUserDns'))).toEqual(servers)
  const { RequestId: _, ...current } = await call('DescribeSagCurrentDns', device)
  expect(current).toEqual(servers)

  const pool = { StartIp: '10.77.0.100', EndIp: '10.77.0.110', Lease: '60' }
  const lan = { PortName: '1', IPType: 'DHCP', IP: '10.77.0.254', Mask: '255.255.255.0', ...pool }
  await call('ModifySagLan', { ...device, ...lan })
  expect(await until('the port is set', () => inForce('DescribeSagLanList'))).toEqual({ Lans: [lan] })
  const route = { PortName: '1', DestinationCidr: '10.79.0.0/24', NextHop: '10.77.0.2' }
  await call('CreateSagStaticRoute', { ...device, ...route })
  const StaticRoutes = [{ ...route, Vlan: '0' }]
  expect(await until('the route is set', () => inForce('DescribeSagStaticRouteList'))).toEqual({ StaticRoutes })
  const routes = async () => JSON.stringify((await call('DescribeSagRouteList', device))['Routes'])
  await until('it has the route', async () => (await routes()).includes('10.79.0.0/24'))
  const texts = (await sandbox.operator<{ text: string }[]>('device', 'rendered', serial)).map(({ text }) => text)
  expect(texts.join('')).toContain("route 10.79.0.0/24 via 10.77.0.2%'eth1'")
  expect(texts.join('')).toContain('dhcp-range=10.77.0.100,10.77.0.110,255.255.255.0,3600')
  expect(texts.join('')).toContain('oifname "eth0" masquerade')
  expect(texts.join('')).toContain('server=10.77.0.53@10.77.0.254\nserver=203.0.113.53\n')

  await call('ModifySagGlobalRouteProtocol', { ...device, RouteProtocol: 'OSPF' })
  await until('the protocol is set', () => inForce('DescribeSagGlobalRouteProtocol'))
  await call('ModifySagPortRouteProtocol', { ...device, PortName: '1', RouteProtocol: 'OSPF' })
  const port = { PortName: '1', RouteProtocol: 'OSPF', Status: 'DOWN' }
  expect(await until('the port is set', () => inForce('DescribeSagPortRouteProtocolList'))).toMatchObject({
    Ports: [{ PortName: '0', RouteProtocol: 'STATIC' }, port],
  })
  const ospf = {
    RouterId: '10.77.0.254',
    AreaId: 86,
    HelloTime: 3,
    DeadTime: 10,
    AuthenticationType: 'MD5',
    Md5KeyId: 7,
  }
  await call('ModifySagRouteProtocolOspf', { ...device, ...ospf, Md5Key: 'Branch2024' })
  expect(await until('OSPF is set', () => inForce('DescribeSagRouteProtocolOspf'))).toEqual({
    ...{ ...ospf, AreaId: '86', AreaType: 'NSSA', Md5Key: '******' },
  })
  const spoken = (await sandbox.operator<{ text: string }[]>('device', 'rendered', serial)).map(({ text }) => text)
  expect(spoken.join('')).toContain('area 86 { nssa; interface "eth1" { type ptp; hello 3; dead 10;')
  expect(spoken.join('')).not.toContain('Branch2024')
  const line = {
    PortName: '0',
    IPType: 'PPPOE',
    Username: 'branch01',
    Priority: 2,
    Weight: 50,
    ISP: 'CT',
    Bandwidth: 20,
  }
  await call('ModifySagWan', { ...device, ...line, Password: 'Branch2024' })
  const { Bandwidth: BandWidth, ...shown } = line
  expect(await until('the line is set', () => inForce('DescribeSagWanList'))).toEqual({
    Wans: [{ ...shown, BandWidth, TrafficState: 'active' }],
  })
  const radio = { IsEnable: 'True', IsBroadcast: 'True', IsAuth: 'True', AuthenticationType: 'WPA2-PSK' }
  await call('ModifySagWifi', { ...device, ...radio, SSID: 'branch', Password: 'Branch2024' })
  expect(await until('the network is set', () => inForce('DescribeSagWifi'))).toMatchObject({
    ...radio,
    Ssid: 'branch',
  })
})

test('a box with nDPI recognises applications, and has the rules for them; the small box has none', async () => {
  const refused = call('UpdateSmartAGDpiAttribute', { DpiEnabled: 'true' })
  await expect(refused).rejects.toMatchObject({ code: 'FeatureNotSupport' })
  const able = 'sagdemo1000a'
  const SmartAGId = await instanceOf(sandbox, able)
  await call('UpdateSmartAGDpiAttribute', { SmartAGId, DpiEnabled: 'true' })
  const shown = await call('DescribeSmartAccessGatewayAttribute', { SmartAGId })
  const { Device } = shown['Devices'] as { readonly Device: readonly object[] }
  expect(Device).toContainEqual(expect.objectContaining({ SerialNumber: able, DpiSignatureDbVersion: '4.2.0' }))
  const { AclId } = await call('CreateACL', { Name: 'applications' })
  await call('AddACLRule', {
    ...{ AclId, Direction: 'out', Policy: 'drop', IpProtocol: 'ALL', DpiSignatureIds: ['124'] },
    ...{ SourceCidr: '0.0.0.0/0', SourcePortRange: '-1/-1', DestCidr: '0.0.0.0/0', DestPortRange: '-1/-1' },
  })
  await call('AssociateACL', { AclId, SmartAGId })
  const texts = (await sandbox.operator<{ text: string }[]>('device', 'rendered', able)).map(({ text }) => text)
  expect(texts.join('')).toMatch(/th dport @apps-\w+ update @apps-\w+ .* counter drop/)
})
