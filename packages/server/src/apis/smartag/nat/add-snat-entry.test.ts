import { expect, test } from 'vitest'
import { snatEntryLimit } from '../../../model/snat.ts'
import { day, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, addDnat, change, ip, setBlocks } from '../../testing/networks.suite.ts'
import { modifySmartAccessGateway } from '../instances/modify-smart-access-gateway.ts'
import { addSnatEntry as operation } from './add-snat-entry.ts'

testOperation(operation, (world) => {
  const request = (SmartAGId: string, CidrBlock = '192.168.1.0/24', SnatIp = '10.255.0.1') => ({
    RegionId: regionId,
    SmartAGId,
    CidrBlock,
    SnatIp,
  })

  function refused(...given: Parameters<typeof request>): Promise<string> {
    return world().refused(operation, request(...given))
  }

  test('adds the entry, in the CCN of the instance, and its gateways are told', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id)
    const ccn = await addCcn(world(), {}, id)
    const { InstanceId } = await world().call(operation, request(id))
    expect(InstanceId).toMatch(/^snat-[a-z0-9]{18}$/)
    const [entries, inCcn] = await change(world(), async ({ addresses }) => [
      await addresses.snatEntries(id),
      await addresses.snatIps(ccn, { cidr: '', first: 0, last: 2 ** 32 - 1, length: 0 }),
    ])
    expect(entries).toEqual([
      {
        id: InstanceId,
        instanceId: id,
        cidr: { cidr: '192.168.1.0/24', first: ip('192.168.1.0'), last: ip('192.168.1.255'), length: 24 },
        snatIp: ip('10.255.0.1'),
        createdAt: world().now,
      },
    ])
    expect(inCcn).toEqual([ip('10.255.0.1')])
    expect(world().told).toContain(serial)
  })

  test('works while its gateways are away, and for a vCPE', async () => {
    const id = await world().addInstance({ kind: 'vcpe' })
    await world().addDevice(id, { model: 'sag-vcpe', version: '0.0.0.0', connected: false })
    await world().call(operation, request(id))
  })

  test('an address from the SNAT range of the network is accepted', async () => {
    const id = await world().addInstance()
    await addCcn(world(), { range: '10.0.0.0/8', snatRange: '10.255.0.0/28' }, id)
    await world().call(operation, request(id))
    await world().call(operation, request(id, '192.168.2.0/24', '10.255.0.2'))
  })

  test.each(['10.255.0.16', '11.0.0.1'])(
    'SAG.InvalidSnatIp: %s outside the SNAT range of the network',
    async (address) => {
      const id = await world().addInstance()
      await addCcn(world(), { range: '10.0.0.0/8', snatRange: '10.255.0.0/28' }, id)
      expect(await refused(id, '192.168.1.0/24', address)).toBe('SAG.InvalidSnatIp')
    },
  )

  test.each(['224.0.0.1', '255.255.255.255', '127.0.0.1', '0.0.0.0', '169.254.1.1', '100.64.0.1'])(
    'SAG.InvalidSnatIp: %s, which no branch can have, in a network and in none',
    async (address) => {
      const [id, unbound] = [await world().addInstance(), await world().addInstance()]
      await addCcn(world(), {}, id)
      for (const each of [id, unbound]) {
        expect(await refused(each, '192.168.1.0/24', address)).toBe('SAG.InvalidSnatIp')
      }
    },
  )

  test('CCN.SnatCidrConflict: the range to hide overlaps the SNAT range of the network', async () => {
    const id = await world().addInstance()
    await addCcn(world(), { range: '10.0.0.0/8', snatRange: '10.255.0.0/28' }, id)
    expect(await refused(id, '10.255.0.0/24')).toBe('CCN.SnatCidrConflict')
    expect(await refused(id, '10.255.0.0/24', '10.1.0.1')).toBe('SAG.InvalidSnatIp')
  })

  test('SAG.ConflictSnatIp: another entry of the instance has the address', async () => {
    const id = await world().addInstance()
    await world().call(operation, request(id))
    expect(await refused(id, '192.168.2.0/24')).toBe('SAG.ConflictSnatIp')
    await world().call(operation, request(await world().addInstance()))
  })

  test('SAG.ConflictSnatIp: the address lies in a block of the instance or of another member', async () => {
    const [id, member] = [await world().addInstance(), await world().addInstance()]
    await addCcn(world(), {}, id, member)
    await setBlocks(world(), id, '10.1.0.0/24')
    await setBlocks(world(), member, '10.2.0.0/24')
    for (const address of ['10.1.0.9', '10.2.0.9']) {
      expect(await refused(id, '192.168.1.0/24', address)).toBe('SAG.ConflictSnatIp')
    }
    await world().call(operation, request(id, '192.168.1.0/24', '10.3.0.9'))
  })

  test('SAG.InstanceNoFound: unknown, in another region, or of another account', async () => {
    expect(await refused('sag-none')).toBe('SAG.InstanceNoFound')
    expect(await refused(await world().addInstance({ regionId: 'cn-hangzhou' }))).toBe('SAG.InstanceNoFound')
    expect(await refused(await world().addInstance({ accountId: otherAccountId }))).toBe('SAG.InstanceNoFound')
  })

  test('SmartAccessGatewayNotActivated: before activation', async () => {
    expect(await refused(await world().addInstance({ state: 'received' }))).toBe('SmartAccessGatewayNotActivated')
  })

  test('SmartAccessGatewayInArrears: expired', async () => {
    const id = await world().addInstance({ periodMonths: 1 })
    world().now += 31 * day
    expect(await refused(id)).toBe('SmartAccessGatewayInArrears')
  })

  test('FeatureNotSupport: a remote-access service, or an active device too old for it', async () => {
    expect(await refused(await world().addInstance({ kind: 'app' }))).toBe('FeatureNotSupport')
    const id = await world().addInstance({ spec: 'sag-100wm' })
    await world().addDevice(id, { model: 'sag-100wm', version: '1.9.0.0' })
    expect(await refused(id)).toBe('FeatureNotSupport')
  })

  test('FeatureNotSupportForStandBySmartAG: a standby too old for it', async () => {
    const id = await world().addInstance({ spec: 'sag-100wm' })
    await world().addDevice(id, { model: 'sag-100wm', version: '2.0.0.0' })
    await world().addDevice(id, { model: 'sag-100wm', version: '1.9.0.0' })
    expect(await refused(id)).toBe('FeatureNotSupportForStandBySmartAG')
  })

  test.each(['192.168.1.0/24', '192.168.1.128/25', '192.168.0.0/16'])(
    'SNAT.CidrConfigExist: %s beside 192.168.1.0/24',
    async (cidr) => {
      const id = await world().addInstance()
      await world().call(operation, request(id))
      expect(await refused(id, cidr, '10.255.0.2')).toBe('SNAT.CidrConfigExist')
      await world().call(operation, request(await world().addInstance(), cidr))
    },
  )

  test('SNAT.AmountLimit: one more than an instance may have', async () => {
    const id = await world().addInstance()
    for (let count = 0; count < snatEntryLimit; count += 1) {
      await world().call(operation, request(id, `192.168.${count}.0/24`, `10.255.1.${count}`))
    }
    expect(await refused(id, '10.1.0.0/24')).toBe('SNAT.AmountLimit')
    expect(await refused(id, '192.168.0.0/24')).toBe('SNAT.CidrConfigExist')
  })

  test('SAG.ConflictSnatIp: another member of the network has the address', async () => {
    const [id, member, stranger] = [
      await world().addInstance(),
      await world().addInstance(),
      await world().addInstance(),
    ]
    await addCcn(world(), {}, id, member)
    await world().call(operation, request(member))
    expect(await refused(id)).toBe('SAG.ConflictSnatIp')
    await world().call(operation, request(id, '192.168.1.0/24', '10.255.0.2'))
    await world().call(operation, request(stranger))
  })

  test('SNAT.SnatDnatIpConflict: a DNAT entry of the instance is reached at the address; ModifySmartAccessGateway refuses it, too', async () => {
    const id = await world().addInstance()
    await addCcn(world(), { range: '10.0.0.0/8', snatRange: '10.255.0.0/24' }, id)
    await addDnat(world(), id, '10.255.0.1')
    expect(await refused(id)).toBe('SNAT.SnatDnatIpConflict')
    const given = { 'SnatEntries.1.CidrBlock': '192.168.1.0/24', 'SnatEntries.1.SnatIp': '10.255.0.1' }
    const modify = { RegionId: regionId, SmartAGId: id, ...given }
    expect(await world().refused(modifySmartAccessGateway, modify)).toBe('SAG.ConflictSnatIp')
    await world().call(operation, request(id, '192.168.1.0/24', '10.255.0.2'))
  })

  test('SAG.ConflictSnatIp: another member of the network has a DNAT entry at the address', async () => {
    const [id, member] = [await world().addInstance(), await world().addInstance()]
    await addCcn(world(), {}, id, member)
    await addDnat(world(), member, '10.255.0.1')
    expect(await refused(id)).toBe('SAG.ConflictSnatIp')
    await addDnat(world(), await world().addInstance(), '10.255.0.2')
    await world().call(operation, request(id, '192.168.1.0/24', '10.255.0.2'))
  })

  test('the earlier of two reasons answers', async () => {
    const app = await world().addInstance({ kind: 'app', state: 'unpaid' })
    await world().fleet.setOverdue(app, world().now)
    expect(await refused(app)).toBe('SmartAccessGatewayNotActivated')
    const paid = await world().addInstance({ kind: 'app' })
    await world().fleet.setOverdue(paid, world().now)
    expect(await refused(paid)).toBe('SmartAccessGatewayInArrears')
    const id = await world().addInstance({ spec: 'sag-100wm' })
    await world().call(operation, request(id))
    const active = await world().addDevice(id, { model: 'sag-100wm', version: '2.0.0.0' })
    await world().addDevice(id, { model: 'sag-100wm', version: '1.9.0.0' })
    expect(await refused(id)).toBe('FeatureNotSupportForStandBySmartAG')
    await world().setDevice(active, { version: '1.9.0.0' })
    expect(await refused(id)).toBe('FeatureNotSupport')
  })

  test.each([
    ['InvalidCidrBlock', { CidrBlock: '192.168.1.1/24' }],
    ['InvalidCidrBlock', { CidrBlock: '127.0.0.0/8' }],
    ['InvalidSnatIp', { SnatIp: '300.1.1.1' }],
    ['MissingCidrBlock', { CidrBlock: '' }],
    ['MissingSnatIp', { SnatIp: '' }],
    ['MissingSmartAGId', { SmartAGId: '' }],
  ])('%s from the front door: %j', async (code, given) => {
    expect(await world().refused(operation, { ...request('sag-none'), ...given })).toBe(code)
  })
})
