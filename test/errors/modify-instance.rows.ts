import { OtherCaller, type Row } from './row.ts'
import { app, branch, buy, joinNetwork, type Key, network, type Params, pass, region, type World } from './world.ts'

const none = 'sag-0000000000000000ab'
const cen = 'cen-7qthudw0ll6jmc0000'

/** Every row of ModifySmartAccessGateway, in the order in which they are checked. */
export const modifySmartAccessGateway: Readonly<Record<string, Row>> = {
  MissingParameter: async () => ({ RegionId: region, Name: 'branch' }),
  'SAG.InstanceIdEmpty': async () => modify(''),
  Forbidden: async (world) => new OtherCaller(await stranger(world), modify(await branch(world), { Name: 'mine-now' })),
  'InvalidId.SMARTAG': async () => modify('abc'),
  InvalidName: async (world) => modify(await branch(world), { Name: '1' }),
  'SAG.CidrEmpty': async (world) => modify(await branch(world), { CidrBlock: ',' }),
  'SAG.InvalidCidrFormat': async (world) => modify(await branch(world), { CidrBlock: '10.0.0/24' }),
  InvalidCidr: async (world) => modify(await branch(world), { CidrBlock: '10.0.0.1/24' }),
  'SAG.InvalidCidr': async (world) => modify(await branch(world), { CidrBlock: '127.0.0.0/8' }),
  CidrConflict: async (world) => modify(await branch(world), { CidrBlock: '10.0.0.0/16,10.0.1.0/24' }),
  'SAG.InvalidSnatCidr': async (world) => modify(await branch(world), snat('x', '10.255.0.1')),
  'SAG.InvalidSnatIp': async (world) => modify(await branch(world), snat('10.1.0.0/24', '300.1.1.1')),
  'SAG.InstanceNoFound': async () => modify(none, { Name: 'branch' }),
  SmartAccessGatewayNotActivated: async (world) => modify(await buy(world), { Name: 'branch' }),
  'SAG.NoActive': async (world) => modify(await app(world, { AutoPay: 'false' }), { Name: 'remote' }),
  SmartAccessGatewayInArrears: async (world) => {
    const id = await branch(world, [], { Period: '1' })
    await pass(world, 32)
    return modify(id, { Name: 'branch' })
  },
  'SAG.Arrearage': async (world) => {
    const id = await app(world)
    await pass(world, 32)
    return modify(id, { Name: 'remote' })
  },
  ActionNotSupport: async (world) => modify(await branch(world), { EnableSoftwareConnectionAudit: 'true' }),
  FeatureNotSupport: async (world) => {
    const gateway = { serial: 'sag00000001', model: 'sag-100wm', version: '1.9.9.9' }
    const id = await branch(world, [gateway], { HardWareSpec: 'sag-100wm' })
    return modify(id, { RoutingStrategy: 'dynamic' })
  },
  'SAG.NotAllowConfigCidr': async (world) => {
    const id = await branch(world)
    await world.call('ModifySmartAccessGateway', modify(id, { RoutingStrategy: 'dynamic' }))
    return modify(id, { CidrBlock: '10.1.0.0/24' })
  },
  'SAG.CidrAmountLimit': async (world) => {
    const blocks = Array.from({ length: 11 }, (_, index) => `10.${index}.0.0/24`)
    return modify(await branch(world), { CidrBlock: blocks.join(',') })
  },
  'SAG.CidrUsedByRoutableAddress': async (world) => {
    const serial = 'sag00000001'
    const id = await branch(world, [{ serial }])
    await world.call('ModifySmartAccessGateway', modify(id, { CidrBlock: '10.1.0.0/24,10.2.0.0/24' }))
    await world.call('ModifySagRemoteAccess', { SmartAGId: id, SerialNumber: serial, RemoteAccessIp: '10.1.0.9' })
    return modify(id, { CidrBlock: '10.2.0.0/24' })
  },
  'SAG.SslConnectionSpecInvalid': async (world) => {
    const id = await app(world, { UserCount: '10' })
    await world.call('ModifySmartAccessGateway', modify(id, { CidrBlock: '10.9.0.0/24' }))
    for (let user = 0; user < 10; user++) await createUser(world, id, `remote.user${user}`)
    const smaller = { SmartAGId: id, UserCount: '5', DataPlan: '5', AutoPay: 'true' }
    await world.call('DowngradeSmartAccessGatewaySoftware', { RegionId: region, ...smaller })
    return modify(id, { CidrBlock: '10.9.0.0/24' })
  },
  'SAG.IpCountTooLittle': async (world) => modify(await app(world), { CidrBlock: '10.9.9.0/30' }),
  'SAG.CidrOverlap': async (world) => {
    const ccn = await network(world)
    const [one, other] = [await member(world, ccn, 'sag00000001'), await member(world, ccn, 'sag00000002')]
    await world.call('ModifySmartAccessGateway', modify(one, { CidrBlock: '10.1.0.0/16' }))
    return modify(other, { CidrBlock: '10.1.7.0/24' })
  },
  'SAG.CcnCidrNoConfig': async (world) => {
    const id = await app(world)
    await joinNetwork(world, id, await network(world))
    return modify(id, { CidrBlock: '10.9.0.0/24' })
  },
  'SAG.InvalidCidr.NoBelongCcnCidr': async (world) => {
    const id = await member(world, await network(world, { CidrBlock: '10.0.0.0/8' }))
    return modify(id, { CidrBlock: '172.16.0.0/24' })
  },
  'SAG.ConflictCidr.CcnSnatCidr': async (world) => {
    const id = await member(world, await networkWithSnat(world))
    return modify(id, { CidrBlock: '10.255.0.0/25' })
  },
  'VbrConflict.ChangeSubnet': async (world) => {
    const ccn = await backbone(world)
    const backedUp = await member(world, ccn, 'sag00000001')
    await world.call('BindVbr', { RegionId: region, SmartAGId: backedUp, VbrId: vbr, VbrRegionId: region })
    return modify(await member(world, ccn, 'sag00000002'), { CidrBlock: '10.7.1.0/24' })
  },
  'VbrConflict.CreateBackup': async (world) => {
    const id = await member(world, await backbone(world))
    return modify(id, { CidrBlock: '10.7.1.0/24' })
  },
  SmartAccessGatewayNotBind: async (world) => modify(await app(world), { EnableSoftwareConnectionAudit: 'true' }),
  'CCN.CidrEmpty': async (world) => {
    const id = await member(world, await network(world))
    return modify(id, snat('10.1.0.0/24', '10.255.0.1'))
  },
  'CCN.SnatCidrNoConfig': async (world) => {
    const id = await member(world, await network(world, { CidrBlock: '10.0.0.0/8' }))
    return modify(id, snat('10.1.0.0/24', '10.255.0.1'))
  },
  'CCN.SnatCidrConflict': async (world) => {
    const id = await member(world, await networkWithSnat(world))
    return modify(id, snat('10.255.0.0/26', '10.255.0.200'))
  },
  'SAG.ConflictSnatIp': async (world) => {
    const ccn = await networkWithSnat(world)
    const [one, other] = [await member(world, ccn, 'sag00000001'), await member(world, ccn, 'sag00000002')]
    await world.call('ModifySmartAccessGateway', modify(one, snat('10.1.0.0/24', '10.255.0.9')))
    return modify(other, snat('10.2.0.0/24', '10.255.0.9'))
  },
}

const vbr = 'vbr-m5e1x2m3x4x5x60000'

function modify(SmartAGId: string, more: Params = {}): Params {
  return { RegionId: region, SmartAGId, ...more }
}

function snat(cidr: string, ip: string): Params {
  return { 'SnatEntries.1.CidrBlock': cidr, 'SnatEntries.1.SnatIp': ip }
}

/** An activated SAG-1000 in the network. */
async function member(world: World, ccn: string, serial = 'sag00000001'): Promise<string> {
  const id = await branch(world, [{ serial }])
  await joinNetwork(world, id, ccn)
  return id
}

function networkWithSnat(world: World): Promise<string> {
  return network(world, { CidrBlock: '10.0.0.0/8', SnatCidrBlock: '10.255.0.0/24' })
}

/** A network on a CEN to which a VBR announces 10.7.0.0/16. */
async function backbone(world: World): Promise<string> {
  const ccn = await network(world)
  await world.call('AttachCcnInstanceToCen', { RegionId: region, CcnId: ccn, CenId: cen })
  await world.operator('vbr add', {
    id: vbr,
    account: world.owner.accountId,
    region,
    cen,
    bgp: true,
    route: ['10.7.0.0/16'],
  })
  return ccn
}

async function createUser(world: World, SmartAGId: string, UserName: string): Promise<void> {
  await world.call('CreateSmartAccessGatewayClientUser', {
    RegionId: region,
    SmartAGId,
    UserName,
    Password: 'First_password1',
    UserMail: `${UserName}@example.com`,
    Bandwidth: '2000',
  })
}

async function stranger(world: World): Promise<Key> {
  return world.operator<Key>('account create', { name: 'stranger' })
}
