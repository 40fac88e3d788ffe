import { expect, test } from 'vitest'
import { otherAccountId, regionId, testInWorld } from '../../testing/harness.suite.ts'
import { addCcn, addVbr, change, ip } from '../../testing/networks.suite.ts'
import { addUser } from '../../testing/remote-users.suite.ts'
import { addSnatEntry } from '../nat/add-snat-entry.ts'
import { modifySmartAccessGateway as operation } from './modify-smart-access-gateway.ts'

type Params = Readonly<Record<string, string>>

/** A value each check of a parameter refuses, in the order of evaluation. */
const values: readonly (readonly [code: string, params: Params])[] = [
  ['MissingParameter', { RegionId: '' }],
  ['SAG.InstanceIdEmpty', { SmartAGId: '' }],
  ['InvalidId.SMARTAG', { SmartAGId: 'abc' }],
  ['InvalidName', { Name: '1' }],
  ['InvalidDescription', { Description: '1' }],
  ['SAG.InvalidRoutingStrategy', { RoutingStrategy: 'ospf' }],
  ['InvalidParameter', { SecurityLockThreshold: '-1' }],
  ['SAG.CidrEmpty', { CidrBlock: ',' }],
  ['SAG.InvalidCidrFormat', { CidrBlock: '10.0.0.1/24,10.0.0.0,127.0.0.0/8' }],
  ['InvalidCidr', { CidrBlock: '127.0.0.0/8,10.0.0.1/24' }],
  ['SAG.InvalidCidr', { CidrBlock: '10.0.0.0/24,10.0.0.0/24,127.0.0.0/8' }],
  ['CidrConflict', { CidrBlock: '10.0.0.0/24,10.0.0.0/24' }],
  ['SAG.InvalidSnatCidr', { 'SnatEntries.2.CidrBlock': 'x' }],
  ['SAG.InvalidSnatIp', { 'SnatEntries.1.CidrBlock': '192.168.0.0/24', 'SnatEntries.1.SnatIp': 'x' }],
]

testInWorld('ModifySmartAccessGateway, order of evaluation', (world) => {
  function refused(id: string, more: Params = {}): Promise<string> {
    return world().refused(operation, { RegionId: regionId, SmartAGId: id, ...more })
  }

  async function modify(id: string, more: Params): Promise<void> {
    expect(await world().call(operation, { RegionId: regionId, SmartAGId: id, ...more })).toEqual({})
  }

  async function addServiceAddress(id: string, address: string): Promise<void> {
    const service = { serial: 'sag1', type: 'RemoteWeb', address: ip(address) } as const
    await change(world(), ({ addresses }) => addresses.addServiceAddress(id, service, world().now))
  }

  const app = (given: { readonly userCount?: number; readonly state?: 'unpaid' } = {}): Promise<string> =>
    world().addInstance({ kind: 'app', userCount: 5, dataPlan: 5, ...given })

  // One parameter holds one value, so of two that say something about the same one the later stands back.
  test.each(values.slice(0, -1).map(([code, params], index) => [code, params, index] as const))(
    '%s comes before every later check of a value',
    async (code, params, index) => {
      const later = Object.assign({}, ...values.slice(index + 1).map(([, each]) => each))
      expect(await refused('sag-1', { ...later, ...params })).toBe(code)
    },
  )

  test('SAG.InvalidSnatIp comes before SAG.InstanceNoFound', async () => {
    expect(await refused('sag-none', values.at(-1)?.[1])).toBe('SAG.InvalidSnatIp')
  })

  test('SAG.InstanceNoFound comes before Forbidden', async () => {
    const id = await world().addInstance({ accountId: otherAccountId, regionId: 'cn-hangzhou' })
    expect(await refused(id)).toBe('SAG.InstanceNoFound')
  })

  test.each(['hardware', 'app'] as const)('Forbidden comes before the state of %s', async (kind) => {
    expect(await refused(await world().addInstance({ accountId: otherAccountId, kind, state: 'unpaid' }))).toBe(
      'Forbidden',
    )
  })

  test('SmartAccessGatewayNotActivated comes before SmartAccessGatewayInArrears', async () => {
    const id = await world().addInstance({ state: 'received' })
    await world().fleet.setOverdue(id, world().now)
    expect(await refused(id)).toBe('SmartAccessGatewayNotActivated')
  })

  test('SAG.NoActive comes before SAG.Arrearage', async () => {
    const id = await app({ state: 'unpaid' })
    await world().fleet.setOverdue(id, world().now)
    expect(await refused(id)).toBe('SAG.NoActive')
  })

  test('SmartAccessGatewayInArrears comes before ActionNotSupport', async () => {
    const id = await world().addInstance()
    await world().fleet.setOverdue(id, world().now)
    expect(await refused(id, { EnableSoftwareConnectionAudit: 'true' })).toBe('SmartAccessGatewayInArrears')
  })

  test('SAG.Arrearage comes before ActionNotSupport', async () => {
    const id = await app()
    await world().fleet.setOverdue(id, world().now)
    expect(await refused(id, { RoutingStrategy: 'dynamic' })).toBe('SAG.Arrearage')
  })

  test('ActionNotSupport comes before FeatureNotSupport', async () => {
    const id = await world().addInstance({ spec: 'sag-100wm' })
    await world().addDevice(id, { model: 'sag-100wm', version: '1.0.0.0' })
    const params = { RoutingStrategy: 'dynamic', EnableSoftwareConnectionAudit: 'true' }
    expect(await refused(id, params)).toBe('ActionNotSupport')
  })

  test('FeatureNotSupport comes before SAG.NotAllowConfigCidr', async () => {
    const id = await world().addInstance({ spec: 'sag-100wm' })
    await world().addDevice(id, { model: 'sag-100wm', version: '1.0.0.0' })
    expect(await refused(id, { RoutingStrategy: 'dynamic', CidrBlock: '10.0.0.0/24' })).toBe('FeatureNotSupport')
  })

  const eleven = Array.from({ length: 11 }, (_, n) => `10.0.${n}.0/24`).join(',')

  test('SAG.NotAllowConfigCidr comes before SAG.CidrAmountLimit', async () => {
    const id = await world().addInstance()
    expect(await refused(id, { RoutingStrategy: 'dynamic', CidrBlock: eleven })).toBe('SAG.NotAllowConfigCidr')
  })

  test('SAG.CidrAmountLimit comes before SAG.CidrUsedByRoutableAddress', async () => {
    const id = await world().addInstance()
    await modify(id, { CidrBlock: '10.9.0.0/24' })
    await addServiceAddress(id, '10.9.0.1')
    expect(await refused(id, { CidrBlock: eleven })).toBe('SAG.CidrAmountLimit')
  })

  test('SAG.InvalidCidr of a first block without room comes after SAG.CidrOverlap', async () => {
    const [id, other] = [await world().addInstance(), await world().addInstance()]
    await addCcn(world(), { range: '10.0.0.0/8' }, id, other)
    await modify(other, { CidrBlock: '10.1.0.0/24' })
    expect(await refused(id, { CidrBlock: '10.1.0.1/32' })).toBe('SAG.CidrOverlap')
    expect(await refused(id, { CidrBlock: '172.16.0.1/32' })).toBe('SAG.InvalidCidr')
    expect(await refused(id, { CidrBlock: '172.16.0.0/24' })).toBe('SAG.InvalidCidr.NoBelongCcnCidr')
  })

  test('SAG.CidrUsedByRoutableAddress comes before SAG.CidrOverlap', async () => {
    const [id, other] = [await world().addInstance(), await world().addInstance()]
    await addCcn(world(), {}, id, other)
    await modify(id, { CidrBlock: '10.9.0.0/24' })
    await modify(other, { CidrBlock: '10.1.0.0/24' })
    await addServiceAddress(id, '10.9.0.1')
    expect(await refused(id, { CidrBlock: '10.1.0.0/24' })).toBe('SAG.CidrUsedByRoutableAddress')
  })

  test('SAG.CidrAmountLimit comes before SAG.SslConnectionSpecInvalid', async () => {
    expect(await refused(await app({ userCount: 0 }), { CidrBlock: eleven })).toBe('SAG.CidrAmountLimit')
  })

  test('SAG.SslConnectionSpecInvalid comes before SAG.IpCountTooLittle', async () => {
    const id = await app({ userCount: 2 })
    for (let users = 0; users < 3; users += 1) await addUser(world(), id, `user${users}`)
    expect(await refused(id, { CidrBlock: '10.0.0.0/30' })).toBe('SAG.SslConnectionSpecInvalid')
  })

  test('SAG.IpCountTooLittle comes before SAG.CidrOverlap', async () => {
    const [id, other] = [await app(), await world().addInstance()]
    await addCcn(world(), {}, id, other)
    await modify(other, { CidrBlock: '10.0.0.0/30' })
    expect(await refused(id, { CidrBlock: '10.0.0.0/30' })).toBe('SAG.IpCountTooLittle')
  })

  test('SAG.CidrOverlap comes before SAG.CcnCidrNoConfig', async () => {
    const [id, other] = [await app(), await world().addInstance()]
    await addCcn(world(), {}, id, other)
    await modify(other, { CidrBlock: '10.0.0.0/24' })
    expect(await refused(id, { CidrBlock: '10.0.0.0/24' })).toBe('SAG.CidrOverlap')
  })

  test('SAG.CidrOverlap comes before SAG.InvalidCidr.NoBelongCcnCidr', async () => {
    const [id, other] = [await world().addInstance(), await world().addInstance()]
    await modify(other, { CidrBlock: '172.16.0.0/24' })
    await addCcn(world(), { range: '10.0.0.0/8' }, id, other)
    expect(await refused(id, { CidrBlock: '172.16.0.0/24' })).toBe('SAG.CidrOverlap')
  })

  test('SAG.CcnCidrNoConfig comes before VbrConflict.ChangeSubnet', async () => {
    const id = await app()
    await addCcn(world(), { cenId: 'cen-1' }, id)
    await addVbr(world(), { cenId: 'cen-1', routes: '10.0.0.0/16' })
    expect(await refused(id, { CidrBlock: '10.0.0.0/24' })).toBe('SAG.CcnCidrNoConfig')
  })

  const ranges = { range: '10.0.0.0/8', snatRange: '10.255.0.0/24', cenId: 'cen-1' }

  test('SAG.InvalidCidr.NoBelongCcnCidr comes before SAG.ConflictCidr.CcnSnatCidr', async () => {
    const id = await world().addInstance()
    await addCcn(world(), ranges, id)
    expect(await refused(id, { CidrBlock: '10.255.0.0/24,172.16.0.0/24' })).toBe('SAG.InvalidCidr.NoBelongCcnCidr')
  })

  async function hideBehind(id: string, SnatIp: string): Promise<void> {
    const entry = { RegionId: regionId, SmartAGId: id, CidrBlock: '192.168.1.0/24', SnatIp }
    await world().call(addSnatEntry, entry)
  }

  test('SAG.ConflictCidr.CcnSnatCidr comes before SAG.ConflictSnatIp', async () => {
    const id = await world().addInstance()
    await addCcn(world(), ranges, id)
    await hideBehind(id, '10.255.0.1')
    expect(await refused(id, { CidrBlock: '10.255.0.0/25' })).toBe('SAG.ConflictCidr.CcnSnatCidr')
  })

  test('SAG.ConflictSnatIp of a new block comes before VbrConflict.ChangeSubnet and CreateBackup', async () => {
    const id = await world().addInstance()
    await addCcn(world(), { range: '10.0.0.0/8', cenId: 'cen-1' }, id)
    await hideBehind(id, '10.7.0.1')
    const vbr = await addVbr(world(), { cenId: 'cen-1', routes: '10.7.0.0/16' })
    expect(await refused(id, { CidrBlock: '10.7.0.0/24' })).toBe('SAG.ConflictSnatIp')
    const other = await world().addInstance()
    await change(world(), ({ networks }) => networks.bindVbr(vbr, other, world().now))
    expect(await refused(id, { CidrBlock: '10.7.0.0/24' })).toBe('SAG.ConflictSnatIp')
  })

  test('VbrConflict.ChangeSubnet comes before VbrConflict.CreateBackup', async () => {
    const [id, other] = [await world().addInstance(), await world().addInstance()]
    await addCcn(world(), ranges, id)
    await addVbr(world(), { cenId: 'cen-1', routes: '10.7.0.0/16' })
    await addVbr(world(), { cenId: 'cen-1', routes: '10.8.0.0/16', instanceId: other })
    expect(await refused(id, { CidrBlock: '10.7.0.0/24,10.8.0.0/24' })).toBe('VbrConflict.ChangeSubnet')
    // Whichever line the store finds first for a block that overlaps both.
    await addVbr(world(), { cenId: 'cen-1', routes: '10.7.0.0/16', instanceId: await world().addInstance() })
    expect(await refused(id, { CidrBlock: '10.7.0.0/24' })).toBe('VbrConflict.ChangeSubnet')
  })

  test('VbrConflict.CreateBackup comes before CCN.SnatCidrNoConfig', async () => {
    const id = await world().addInstance()
    await addCcn(world(), { range: '10.0.0.0/8', cenId: 'cen-1' }, id)
    await addVbr(world(), { cenId: 'cen-1', routes: '10.7.0.0/16' })
    const params = { CidrBlock: '10.7.0.0/24', 'SnatEntries.1.CidrBlock': '192.168.1.0/24' }
    expect(await refused(id, params)).toBe('VbrConflict.CreateBackup')
  })

  test('SAG.IpCountTooLittle comes before SmartAccessGatewayNotBind', async () => {
    const params = { CidrBlock: '10.0.0.0/30', EnableSoftwareConnectionAudit: 'true' }
    expect(await refused(await app(), params)).toBe('SAG.IpCountTooLittle')
  })

  const entry = (n: number, CidrBlock: string, SnatIp: string): Params => ({
    [`SnatEntries.${n}.CidrBlock`]: CidrBlock,
    [`SnatEntries.${n}.SnatIp`]: SnatIp,
  })

  test('CCN.CidrEmpty comes before CCN.SnatCidrNoConfig', async () => {
    const id = await world().addInstance()
    await addCcn(world(), {}, id)
    expect(await refused(id, entry(1, '192.168.1.0/24', '10.0.0.1'))).toBe('CCN.CidrEmpty')
  })

  test('CCN.SnatCidrNoConfig comes before SAG.InvalidSnatIp', async () => {
    const id = await world().addInstance()
    await addCcn(world(), { range: '10.0.0.0/8' }, id)
    expect(await refused(id, entry(1, '192.168.1.0/24', '172.16.0.1'))).toBe('CCN.SnatCidrNoConfig')
  })

  test('SAG.InvalidSnatIp comes before CCN.SnatCidrConflict', async () => {
    const id = await world().addInstance()
    await addCcn(world(), ranges, id)
    const params = { ...entry(1, '10.255.0.0/25', '10.255.0.9'), ...entry(2, '192.168.1.0/24', '10.254.0.1') }
    expect(await refused(id, params)).toBe('SAG.InvalidSnatIp')
  })

  test('CCN.SnatCidrConflict comes before SAG.ConflictSnatIp', async () => {
    const id = await world().addInstance()
    await addCcn(world(), ranges, id)
    const params = { ...entry(1, '10.255.0.0/25', '10.255.0.9'), ...entry(2, '192.168.1.0/24', '10.255.0.9') }
    expect(await refused(id, params)).toBe('CCN.SnatCidrConflict')
  })
})
