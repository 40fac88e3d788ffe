import { expect, test } from 'vitest'
import { createRepositories } from '../../../store/repositories.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, addSnat, putInto, setBlocks } from '../../testing/networks.suite.ts'
import { modifyCloudConnectNetwork as operation } from './modify-cloud-connect-network.ts'

testOperation(operation, (world) => {
  async function modify(CcnId: string, params: Readonly<Record<string, string>>): Promise<void> {
    expect(await world().call(operation, { RegionId: regionId, CcnId, ...params })).toEqual({})
  }

  function refused(CcnId: string, params: Readonly<Record<string, string>> = {}): Promise<string> {
    return world().refused(operation, { RegionId: regionId, CcnId, ...params })
  }

  function stored(id: string) {
    return world().store.read((db) => createRepositories(db).networks.ccn(id))
  }

  /** A network with one member that has these blocks. */
  async function withMember(ccn: Parameters<typeof addCcn>[1], blocks: string): Promise<[ccn: string, member: string]> {
    const id = await addCcn(world(), ccn)
    const member = await world().addInstance()
    await setBlocks(world(), member, blocks)
    await putInto(world(), member, id)
    return [id, member]
  }

  test('changes what is sent and leaves the rest', async () => {
    const id = await addCcn(world(), { name: 'before', range: '10.0.0.0/16' })
    await modify(id, { Name: 'after', Description: 'Two words' })
    expect(await stored(id)).toMatchObject({ name: 'after', description: 'Two words', interworking: 'enable' })
    await modify(id, { InterworkingStatus: 'disable' })
    await modify(id, { CidrBlock: '10.0.0.0/16,10.1.0.0/16', SnatCidrBlock: '10.1.0.0/25' })
    const after = await stored(id)
    expect(after).toMatchObject({ name: 'after', interworking: 'disable' })
    expect(after?.cidrs.map(({ cidr }) => cidr)).toEqual(['10.0.0.0/16', '10.1.0.0/16'])
    expect(after?.snatCidrs.map(({ cidr }) => cidr)).toEqual(['10.1.0.0/25'])
  })

  test('a call that changes nothing succeeds', async () => {
    const id = await addCcn(world(), { name: 'before' })
    const before = await stored(id)
    await modify(id, {})
    expect(await stored(id)).toEqual(before)
  })

  test('MissingParameter: no region, no network', async () => {
    expect(await world().refused(operation, { CcnId: 'ccn-1' })).toBe('MissingParameter')
    expect(await world().refused(operation, { RegionId: regionId })).toBe('MissingParameter')
  })

  test('CCN.InvalidId: sent with nothing in it', async () => {
    expect(await refused(' ')).toBe('CCN.InvalidId')
  })

  test('InvalidName and InvalidDescription from the front door', async () => {
    const id = await addCcn(world())
    expect(await refused(id, { Name: '1' })).toBe('InvalidName')
    expect(await refused(id, { Description: 'http://x' })).toBe('InvalidDescription')
  })

  test.each([
    [{ CidrBlock: '' }, 'CCN.CidrEmpty'],
    [{ CidrBlock: ' ,' }, 'CCN.CidrEmpty'],
    [{ CidrBlock: '10.0.0.0/25' }, 'CCN.InvalidCidr'],
    [{ CidrBlock: [1, 2, 3, 4, 5, 6].map((n) => `10.0.${n}.0/24`).join(',') }, 'CCN.CidrAmountLimit'],
    [{ SnatCidrBlock: '' }, 'CCN.SnatCidrNoConfig'],
    [{ SnatCidrBlock: '10.0.0.0/31' }, 'CCN.InvalidSnatCidr'],
    [{ SnatCidrBlock: '10.0.0.0/25,10.0.0.0/26' }, 'CCN.SnatCidrConflict'],
    [{ InterworkingStatus: 'Enable' }, 'CCN.InvalidInterworkingStatus'],
  ])('%j: %s, without looking whether the network is there', async (params, code) => {
    expect(await refused('ccn-none', params)).toBe(code)
  })

  test('InvalidId.CCN: unknown, or in another region', async () => {
    expect(await refused('ccn-none')).toBe('InvalidId.CCN')
    expect(await refused(await addCcn(world(), { regionId: 'cn-hangzhou' }))).toBe('InvalidId.CCN')
  })

  test("Forbidden: another account's", async () => {
    expect(await refused(await addCcn(world(), { accountId: otherAccountId }), { SnatCidrBlock: '10.0.0.0/24' })).toBe(
      'Forbidden',
    )
  })

  test('SAG.CcnCidrNoConfig: a SNAT range for a network without a range', async () => {
    const id = await addCcn(world())
    expect(await refused(id, { SnatCidrBlock: '10.0.0.0/24' })).toBe('SAG.CcnCidrNoConfig')
    await modify(id, { CidrBlock: '10.0.0.0/16', SnatCidrBlock: '10.0.0.0/24' })
  })

  test('CCN.InvalidSnatCidr: the SNAT range would lie outside', async () => {
    const id = await addCcn(world(), { range: '10.0.0.0/16', snatRange: '10.0.0.0/24' })
    expect(await refused(id, { SnatCidrBlock: '10.1.0.0/24' })).toBe('CCN.InvalidSnatCidr')
    expect(await refused(id, { CidrBlock: '10.1.0.0/16' })).toBe('CCN.InvalidSnatCidr')
    await modify(id, { CidrBlock: '10.1.0.0/16', SnatCidrBlock: '10.1.0.0/24' })
  })

  test('CCN.CidrInUse: a member has addresses in what would go', async () => {
    const [id] = await withMember({ range: '10.0.0.0/8' }, '10.1.2.0/24')
    expect(await refused(id, { CidrBlock: '10.2.0.0/16' })).toBe('CCN.CidrInUse')
    expect(await refused(id, { CidrBlock: '10.1.3.0/24,10.1.1.0/24' })).toBe('CCN.CidrInUse')
    await modify(id, { CidrBlock: '10.1.2.0/24' })
    await modify(id, { CidrBlock: '10.1.0.0/16' })
  })

  test('a first range is taken whatever members have: they are not judged anew', async () => {
    const [id] = await withMember({}, '10.1.2.0/24')
    await modify(id, { CidrBlock: '192.168.0.0/16' })
  })

  test('CCN.SnatCidrInUse: a member hides behind an address that would go', async () => {
    const [id, member] = await withMember({ range: '10.0.0.0/8', snatRange: '10.255.0.0/24' }, '10.1.2.0/24')
    await addSnat(world(), member, '10.1.2.0/24', '10.255.0.9')
    expect(await refused(id, { SnatCidrBlock: '10.254.0.0/24' })).toBe('CCN.SnatCidrInUse')
    expect(await refused(id, { SnatCidrBlock: '10.255.0.0/29' })).toBe('CCN.SnatCidrInUse')
    await modify(id, { SnatCidrBlock: '10.255.0.8/29' })
  })

  test("CCN.SnatCidrConflict: what is new of it overlaps a member's block", async () => {
    const [id] = await withMember({ range: '10.0.0.0/8' }, '10.1.2.0/24')
    expect(await refused(id, { SnatCidrBlock: '10.1.0.0/16' })).toBe('CCN.SnatCidrConflict')
    await modify(id, { SnatCidrBlock: '10.1.1.0/24' })
  })

  test.each([
    [{ CcnId: ' ', CidrBlock: '' }, 'CCN.InvalidId'],
    [{ CidrBlock: '', SnatCidrBlock: '' }, 'CCN.CidrEmpty'],
    [{ CidrBlock: 'x', SnatCidrBlock: '' }, 'CCN.InvalidCidr'],
    [{ SnatCidrBlock: '', InterworkingStatus: 'x' }, 'CCN.SnatCidrNoConfig'],
    [{ SnatCidrBlock: 'x', InterworkingStatus: 'x' }, 'CCN.InvalidSnatCidr'],
    [{ SnatCidrBlock: '10.0.0.0/25,10.0.0.0/26', InterworkingStatus: 'x' }, 'CCN.SnatCidrConflict'],
  ])('of two errors the earlier row answers: %j', async (params, code) => {
    expect(await refused('ccn-none', params)).toBe(code)
  })

  test('CCN.InvalidSnatCidr, CCN.CidrInUse, CCN.SnatCidrInUse and CCN.SnatCidrConflict answer in that order', async () => {
    const [id, member] = await withMember({ range: '10.0.0.0/8', snatRange: '10.255.0.0/24' }, '10.1.2.0/24')
    await addSnat(world(), member, '10.1.2.0/24', '10.255.0.9')
    expect(await refused(id, { CidrBlock: '10.2.0.0/16' })).toBe('CCN.InvalidSnatCidr')
    expect(await refused(id, { CidrBlock: '10.2.0.0/16', SnatCidrBlock: '10.2.0.0/24' })).toBe('CCN.CidrInUse')
    expect(await refused(id, { SnatCidrBlock: '10.1.2.0/24' })).toBe('CCN.SnatCidrInUse')
  })

  test('a refused call changes nothing', async () => {
    const [id] = await withMember({ range: '10.0.0.0/8', name: 'before' }, '10.1.2.0/24')
    const before = await stored(id)
    expect(await refused(id, { Name: 'after', CidrBlock: '10.2.0.0/16' })).toBe('CCN.CidrInUse')
    expect(await stored(id)).toEqual(before)
  })
})
