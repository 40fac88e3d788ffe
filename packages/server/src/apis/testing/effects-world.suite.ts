import type { Count } from '../../model/traffic.ts'
import { addFirmware } from '../../store/gateways/firmware.ts'
import { addTraffic } from '../../store/pops/traffic.ts'
import { createEnterpriseCodes } from '../../store/remote-users/enterprise-codes.ts'
import { addAcl, addAclRule, associateAcl } from './acl.suite.ts'
import { addBox, factoryBox, saysRoutes } from './box.suite.ts'
import { named, type Row, row, seeIn } from './effects.suite.ts'
import type { Answer, Params } from './front-door.suite.ts'
import type { Harness } from './harness-on.suite.ts'
import { addTwoLines } from './leased-lines.suite.ts'
import { otherAccountId, regionId } from './names.suite.ts'
import {
  addDnat,
  addFlowLog,
  addHealthCheck,
  addProbeTask,
  addSnat,
  change,
  cidrsOf,
  grantToCen,
  grantToVbr,
  ip,
  putInto,
  setBlocks,
} from './networks.suite.ts'
import { addPair } from './pairs.suite.ts'
import { addCar, addPolicy, addQos, associate } from './qos.suite.ts'
import { addApp, addSession, addUser } from './remote-users.suite.ts'
import { someRoutes } from './routes.suite.ts'
import { leasedBox } from './routing.suite.ts'

/** Nobody has the other half of it. */
const sealKeyOfAll = Buffer.alloc(32, 9).toString('base64url')

const there = { RegionId: regionId }
export const away = 'cn-hangzhou'
/** Of the device whose ports the newer operations show. */
export const forwardOfRows = 'sagv3dnsforward-large'
export const onePage = { PageNumber: '2', PageSize: '1' }

export function inRegion(...[name, base, ...more]: Parameters<typeof row>): Row {
  return row(name, { ...there, ...base }, ...more)
}

interface Network {
  readonly range?: string
  readonly snatRange?: string
  readonly cenId?: string
  readonly accountId?: string
  readonly name?: string
}

/** Everything has the name the rows call it by. */
export async function buildSmartAg(world: Harness): Promise<void> {
  const network = (id: string, given: Network = {}): Promise<void> =>
    change(world, async ({ networks }) => {
      await networks.addCcn({
        id,
        accountId: given.accountId ?? '1210123456123456',
        regionId,
        name: given.name,
        description: undefined,
        cidrs: cidrsOf(given.range),
        snatCidrs: cidrsOf(given.snatRange),
        isDefault: false,
        createdAt: world.now,
      })
      if (given.cenId !== undefined) {
        await networks.attachToCen(id, { cenId: given.cenId, ownerId: '1210123456123456' })
      }
    })
  const line = (id: string, given: { accountId?: string; cenId?: string } = {}): Promise<void> =>
    change(world, ({ networks }) =>
      networks.addVbr({
        id,
        accountId: given.accountId ?? '1210123456123456',
        regionId,
        cenId: given.cenId ?? 'cen-lines',
        bgp: true,
        routes: [],
      }),
    )

  await network('ccn-main', { range: '10.0.0.0/8', snatRange: '10.255.0.0/24' })
  await network('ccn-free', { name: 'free' })
  await network('ccn-lines', { cenId: 'cen-lines' })
  await network('ccn-attached', { cenId: 'cen-attached' })
  await network('ccn-theirs', { accountId: otherAccountId })

  await world.addInstance({ id: 'sag-main', name: 'main' })
  for (const serial of ['sagmain1', 'sagmain2']) await world.addDevice('sag-main', { serial })
  await putInto(world, 'sag-main', 'ccn-main')
  await setBlocks(world, 'sag-main', '10.1.0.0/24')
  await addSnat(world, 'sag-main', '192.168.200.0/24', '10.255.0.200')
  await addSnat(world, 'sag-main', '192.168.201.0/24', '10.255.0.201')
  await world.store.write(async (tx) => {
    await tx.updateTable('snat_entry').set({ id: 'snat-main' }).where('snat_ip', '=', ip('10.255.0.200')).execute()
  })
  const address = { RegionId: regionId, SagId: 'sag-main', Sn: 'sagmain1', AddressType: 'ProbeTask' }
  await world.call(named('CreateServiceAddress'), { ...address, Address: '10.1.0.9' })
  const remote = { SmartAGId: 'sag-main', SerialNumber: 'sagmain1', RemoteAccessIp: '10.1.0.10' }
  await world.call(named('ModifySagRemoteAccess'), remote)
  const policy = { RegionId: regionId, SmartAGId: 'sag-main', SerialNumber: 'sagmain1', UpgradeType: 'boot' }
  await world.call(named('ModifyDeviceAutoUpgradePolicy'), policy)
  await world.addInstance({ id: 'sag-large' })
  await addBox(world, 'sag-large', { serial: 'saglarge1', model: 'SCG5000', version: '3.4.2.0', sealKey: sealKeyOfAll })
  const forward = {
    id: forwardOfRows,
    domain: 'corp.example',
    master: '10.1.0.53',
    mode: 'first',
    type: 'None',
  } as const
  const place = { serial: 'saglarge1', instanceId: 'sag-large' }
  const how = { at: world.now, isGivenUp: false }
  await change(world, ({ boxes }) => boxes.set(place, 'forwards', [forward], how))
  await saysRoutes(world, 'saglarge1', someRoutes)
  for (const serial of ['sagmain1', 'saglarge1']) {
    const [before, now] = [0, 1000].map((bytes, index) => {
      const at = world.wallNow - (1 - index) * 60_000
      return { at, traffic: { received: bytes, sent: bytes, packets: bytes / 10, dropped: bytes / 1000 } }
    }) as [Count, Count]
    await world.store.write((tx) => addTraffic(tx, serial, before, now))
  }
  await world.addInstance({ id: 'sag-ports' })
  const [lan] = factoryBox.lan
  const second = { name: '3', mac: '02:00:00:00:00:13', isUp: true, role: 'LAN' } as const
  const spare = { name: '1', mac: '02:00:00:00:00:11', isUp: false, role: 'NONE' } as const
  const ports = [
    ...factoryBox.ports.map((one) => (one.name === '0' ? { ...one, role: 'WAN' as const } : one)),
    second,
    spare,
  ]
  const set = { port: '4', vlan: 0, to: '10.50.0.0/24', via: '10.1.0.250' }
  const staticRoutes = [set, { ...set, port: '3' }, { ...set, vlan: 7 }, { ...set, to: '10.60.0.0/24' }]
  const two = { ports, lan: lan === undefined ? [] : [lan], staticRoutes }
  await addBox(world, 'sag-ports', { serial: 'sagports1', sealKey: sealKeyOfAll }, two)
  await saysRoutes(world, 'sagports1', someRoutes)
  const route = { SmartAGId: 'sag-main', SourceType: 'local', RouteSource: 'STATIC', DestCidrBlock: '10.50.0.0/24' }
  const kept = { ...there, ...route, RouteDistribution: 'no_publish' }
  await world.call(named('ModifyRouteDistributionStrategy'), kept)
  await world.addInstance({ id: 'sag-routed' })
  const lines = [10, 11].map((vlan) => ({ port: '0', vlan, ip: `10.7.${vlan}.1`, length: 24 }))
  await addBox(world, 'sag-routed', { serial: 'sagrouted1', sealKey: sealKeyOfAll }, { ...leasedBox, ecc: lines })
  await world.addInstance({ id: 'sag-lines' })
  await addTwoLines(world, 'sag-lines', 'saglines1')
  await world.addInstance({ id: 'sag-pair' })
  await addPair(world, 'sag-pair', {}, ['sagpair1', 'sagpair2'])
  await world.addInstance({ id: 'sag-small' })
  await addBox(world, 'sag-small', { serial: 'sagsmall1', model: 'sag-100wm', sealKey: sealKeyOfAll })
  await world.addInstance({ id: 'sag-bare', name: 'bare-one' })
  await world.addInstance({ id: 'sag-received', state: 'received' })
  await world.addInstance({ id: 'sag-expired', periodMonths: 1 })
  await world.addInstance({ id: 'sag-line' })
  await putInto(world, 'sag-line', 'ccn-lines')
  await world.addInstance({ id: 'sag-unsynced' })
  await world.addDevice('sag-unsynced', { serial: 'sagunsync', synStatus: 'Unsynchronized' })
  for (const serial of ['sagfree1', 'sagfree2']) await world.addDevice(undefined, { serial })

  await world.store.write(async (tx) => {
    for (const shown of ['Code1', 'Code2']) {
      await createEnterpriseCodes(tx).add(
        { shown, accountId: '1210123456123456', isDefault: shown === 'Code1' },
        world.now,
      )
    }
    for (const version of ['2.4.0.0', '2.5.0.0']) {
      await addFirmware(tx, { model: 'sag-1000', version, name: version, type: 'release', createdAt: world.now })
    }
  })
  for (const [id, name] of [
    ['qos-main', 'main'],
    ['qos-free', 'free'],
  ] as const) {
    await addQos(world, { id, name, description: name })
    const end = id.slice('qos-'.length)
    await addCar(world, id, { id: `qoscar-${end}`, description: 'first' })
    await addCar(world, id, { id: `qoscar-${end}2`, priority: 2 })
    await addPolicy(world, id, { id: `qospy-${end}`, description: 'first' })
    await addPolicy(world, id, { id: `qospy-${end}2`, priority: 2 })
  }
  await associate(world, 'sag-main', 'qos-main')
  for (const [id, name] of [
    ['acl-main', 'main'],
    ['acl-free', 'free'],
  ] as const) {
    await addAcl(world, { id, name })
    const end = id.slice('acl-'.length)
    await addAclRule(world, id, { id: `acr-${end}`, name: 'first' })
    await addAclRule(world, id, { id: `acr-${end}2`, priority: 2, direction: 'in' })
  }
  await associateAcl(world, 'sag-main', 'acl-main')
  await addApp(world, { id: 'sag-app', enterpriseCode: 'code1', userCount: 5, dataPlan: 5 })
  await putInto(world, 'sag-app', 'ccn-main')
  await addUser(world, 'sag-app', 'anna')
  const december = { instance_id: 'sag-app', user_name: 'anna', month: 202312, bytes: 555_352 }
  await world.store.write((tx) => tx.insertInto('client_user_month').values(december).execute())
  await addUser(world, 'sag-app', 'bert')
  await addUser(world, 'sag-app', 'away', { state: 'disabled' })
  await addSession(world, 'sag-app', 'anna', '10.9.0.2')
  await addSession(world, 'sag-app', 'bert', '10.9.0.3')
  await addApp(world, { id: 'sag-roam', regionId: away, pool: '10.8.0.0/24', enterpriseCode: 'code1' })
  await addUser(world, 'sag-roam', 'roger')
  await addUser(world, 'sag-roam', 'ronja')

  await line('vbr-free')
  await line('vbr-more')
  await line('vbr-bound')
  await world.addInstance({ id: 'sag-backup' })
  await putInto(world, 'sag-backup', 'ccn-lines')
  await change(world, ({ networks }) => networks.bindVbr('vbr-bound', 'sag-backup', world.now))

  for (const [index, ccn] of ['ccn-main', 'ccn-free'].entries()) {
    await grantToCen(world, ccn, `cen-granted${index}`, otherAccountId)
    await grantToVbr(world, 'sag-main', `vbr-granted${index}`, otherAccountId)
    await change(world, ({ networks }) =>
      networks.grant({
        id: `sgc-${index}`,
        instanceId: 'sag-main',
        ccnId: ['ccn-theirs', 'ccn-more'][index] ?? '',
        ccnAccountId: otherAccountId,
        trafficService: false,
        createdAt: world.now,
      }),
    )
  }
  await grantToVbr(world, 'sag-bare', 'vbr-granted0', otherAccountId)
  await addDnat(world, 'sag-main', '10.255.0.202')
  await addFlowLog(world, { id: 'fl-main', name: 'main', description: 'main' }, 'sag-main', 'sag-line')
  await addFlowLog(world, { id: 'fl-free', name: 'free', outputType: 'sls', isActive: false, createdAt: world.now + 1 })
  await addHealthCheck(world, 'sag-main', { id: 'hc-main', name: 'main' })
  await world.addInstance({ id: 'sag-probing', name: 'probing' })
  await world.addDevice('sag-probing', { serial: 'sagprobe1', version: '2.7.0.0' })
  await world.addDevice('sag-probing', { serial: 'sagprobe2', version: '2.7.0.0' })
  await setBlocks(world, 'sag-probing', '10.66.0.0/24')
  const probing = { RegionId: regionId, SagId: 'sag-probing', Sn: 'sagprobe1', AddressType: 'ProbeTask' }
  await world.call(named('CreateServiceAddress'), { ...probing, Address: '10.66.0.9' })
  await addProbeTask(world, 'sag-probing', 'sagprobe1', { id: 'probe-main', name: 'main' })
  await addProbeTask(world, 'sag-probing', 'sagprobe1', {
    ...{ id: 'probe-tcp', protocol: 'TCP', port: 80, createdAt: world.now + 1 },
  })
  await addHealthCheck(world, 'sag-main', { id: 'hc-other', name: 'other', createdAt: world.now + 1 })
  await addDnat(world, 'sag-main')
  await world.store.write(async (tx) => {
    await tx.updateTable('dnat_entry').set({ id: 'fwd-main' }).where('type', '=', 'Intranet').execute()
  })
}

/** What the API shows of every gateway. */
export async function* observeGateways(world: Harness): AsyncGenerator<unknown, void, void> {
  const see = (name: string, params: Params = {}): AsyncGenerator<unknown, Answer | undefined, void> =>
    seeIn(world, name, params)
  // What gateways are told is seen at them: most calls differ in that, and it is one query.
  yield await world.store.read((db) =>
    db.selectFrom('gateway_config').select(['instance_id', 'config']).orderBy('instance_id').execute(),
  )
  const listed = (yield* see('DescribeSmartAccessGateways', { PageSize: '50' })) as {
    readonly SmartAccessGateways: readonly { readonly SmartAGId: string; readonly RegionId?: string }[]
  }
  for (const { SmartAGId } of listed.SmartAccessGateways) {
    const RegionId = SmartAGId === 'sag-roam' ? away : regionId
    const one = { RegionId, SmartAGId }
    yield* see('DescribeSmartAccessGatewayAttribute', one)
    yield* see('DescribeSnatEntries', one)
    yield* see('DescribeDnatEntries', { RegionId, SagId: SmartAGId })
    const { HealthChecks = [] } = (yield* see('DescribeHealthChecks', one)) as {
      readonly HealthChecks?: readonly { readonly HcInstanceId: string }[]
    }
    for (const { HcInstanceId } of HealthChecks) yield* see('DescribeHealthCheckAttribute', { ...one, HcInstanceId })
    yield* see('DescribeSagRemoteAccess', one)
    yield* see('DescribeGatewayConfiguration', { SmartAGId })
    yield* see('DescribeSmartAccessGatewayClientUsers', one)
    yield* see('DescribeClientUserDNS', one)
    yield* see('ListClientSessions', one)
    yield* see('DescribeGrantSagRules', one)
    yield* see('DescribeGrantSagVbrRules', one)
    yield* see('DescribeSmartAccessGatewayHa', one)
    yield* see('GetSmartAGDpiAttribute', one)
    for (const AddressType of ['ProbeTask', 'RemoteWeb']) {
      yield* see('ListAvailableServiceAddress', { RegionId, SagId: SmartAGId, Sn: 'sagmain1', AddressType })
    }
  }
  yield* see('ViewSmartAccessGatewayDnsForwards', { RegionId: regionId, SagInsId: 'sag-large', SagSn: 'saglarge1' })
  for (const SerialNumber of ['sagmain1', 'sagmain2']) {
    for (const VersionType of ['Device', 'Dpi']) {
      const device = { RegionId: regionId, SmartAGId: 'sag-main', SerialNumber, VersionType }
      yield* see('DescribeDeviceAutoUpgradePolicy', device)
    }
  }
}

/** What the API shows of everything that regions have beside gateways. */
export async function* observeRegions(world: Harness): AsyncGenerator<unknown, void, void> {
  const see = (name: string, params: Params = {}): AsyncGenerator<unknown, Answer | undefined, void> =>
    seeIn(world, name, params)
  for (const RegionId of [regionId, away]) {
    yield* see('DescribeCloudConnectNetworks', { RegionId, PageSize: '50' })
    yield* see('DescribeGrantRules', { RegionId })
    yield* see('DescribeFlowLogs', { RegionId })
    yield* see('DescribeUnbindFlowLogSags', { RegionId })
    yield* see('ListProbeTask', { RegionId })
    yield* see('ListEnterpriseCode', { RegionId })
    const lists = (yield* see('DescribeACLs', { RegionId })) as {
      readonly Acls?: readonly { readonly AclId: string }[]
    }
    for (const { AclId } of lists.Acls ?? []) yield* see('DescribeACLAttribute', { RegionId, AclId })
    const qoses = (yield* see('DescribeQoses', { RegionId })) as {
      readonly Qoses?: readonly { readonly QosId: string }[]
    }
    for (const { QosId } of qoses.Qoses ?? []) {
      yield* see('DescribeQosCars', { RegionId, QosId })
      yield* see('DescribeQosPolicies', { RegionId, QosId })
    }
    const lines = { 'VbrInstanceIds.1': 'vbr-free', 'VbrInstanceIds.2': 'vbr-more', 'VbrInstanceIds.3': 'vbr-bound' }
    yield* see('DescribeSagVbrRelations', { VbrRegionId: RegionId, ...lines })
  }
}
