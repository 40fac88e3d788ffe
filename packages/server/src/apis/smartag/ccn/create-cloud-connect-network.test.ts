import { expect, test } from 'vitest'
import { ccnLimit } from '../../../model/ccn.ts'
import { createRepositories } from '../../../store/repositories.ts'
import { accountId, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn } from '../../testing/networks.suite.ts'
import { createCloudConnectNetwork as operation } from './create-cloud-connect-network.ts'
import { describeCloudConnectNetworks } from './describe-cloud-connect-networks.ts'

testOperation(operation, (world) => {
  function create(params: Readonly<Record<string, string>> = {}) {
    return world().call(operation, { RegionId: regionId, ...params })
  }

  function refused(params: Readonly<Record<string, string>>): Promise<string> {
    return world().refused(operation, { RegionId: regionId, ...params })
  }

  function stored(id: unknown) {
    return world().store.read((db) => createRepositories(db).networks.ccn(String(id)))
  }

  test('creates a network with everything that was sent', async () => {
    const answer = await create({
      Name: 'branches',
      Description: 'branches-of-the-east',
      CidrBlock: '10.0.0.0/16, 172.16.0.0/24',
      SnatCidrBlock: '10.0.255.0/30',
    })
    expect(answer).toEqual({
      CcnId: expect.stringMatching(/^ccn-[a-z0-9]{18}$/),
      Name: 'branches',
      Description: 'branches-of-the-east',
      CidrBlock: '10.0.0.0/16,172.16.0.0/24',
      SnatCidrBlock: '10.0.255.0/30',
      Status: 'Active',
    })
    expect(await stored(answer.CcnId)).toMatchObject({ accountId, regionId, interworking: 'enable', name: 'branches' })
  })

  test('everything may be left out; a range that is not given stays absent', async () => {
    const answer = await world().call(operation)
    expect(answer).toEqual({ CcnId: expect.any(String), Status: 'Active' })
    expect(await stored(answer.CcnId)).toMatchObject({ regionId: 'cn-shanghai', cidrs: [], snatCidrs: [] })
  })

  test.each([
    ['true', true],
    ['false', false],
    [undefined, false],
  ])('IsDefault=%s is kept and read back', async (IsDefault, shown) => {
    const { CcnId } = await world().call(operation, IsDefault === undefined ? {} : { IsDefault })
    const found = await world().call(describeCloudConnectNetworks, { RegionId: regionId, CcnId: String(CcnId) })
    expect(found).toMatchObject({ CloudConnectNetworks: [{ IsDefault: shown }] })
  })

  test.each(['1', 'a', '-a', 'two words', 'x'.repeat(101)])('InvalidName: %s', async (Name) => {
    expect(await refused({ Name })).toBe('InvalidName')
  })

  test.each(['1', 'a', 'http://x', 'x'.repeat(129)])('InvalidDescription: %s', async (Description) => {
    expect(await refused({ Description })).toBe('InvalidDescription')
  })

  test.each([' ', ','])('CCN.CidrEmpty: sent with no block (%j)', async (CidrBlock) => {
    expect(await refused({ CidrBlock })).toBe('CCN.CidrEmpty')
  })

  test('CCN.CidrEmpty: a SNAT range without a range', async () => {
    expect(await refused({ SnatCidrBlock: '10.0.0.0/25' })).toBe('CCN.CidrEmpty')
  })

  test.each(['x', '10.0.0.0', '10.0.0.1/24', '10.0.0.0/25', '127.0.0.0/8', '10.0.0.0/8,10.1.0.0/24'])(
    'CCN.InvalidCidr: %s',
    async (CidrBlock) => {
      expect(await refused({ CidrBlock })).toBe('CCN.InvalidCidr')
    },
  )

  test('CCN.CidrAmountLimit: a sixth block', async () => {
    const blocks = [0, 1, 2, 3, 4, 5].map((n) => `10.0.${n}.0/24`)
    expect(await refused({ CidrBlock: blocks.join(',') })).toBe('CCN.CidrAmountLimit')
    expect(await create({ CidrBlock: blocks.slice(1).join(',') })).toMatchObject({ Status: 'Active' })
  })

  test.each(['x', ',', '10.0.0.0/31', '10.1.0.0/24', '10.0.0.0/15'])(
    'CCN.InvalidSnatCidr: %s of 10.0.0.0/16',
    async (SnatCidrBlock) => {
      expect(await refused({ CidrBlock: '10.0.0.0/16', SnatCidrBlock })).toBe('CCN.InvalidSnatCidr')
    },
  )

  test('CCN.SnatCidrConflict: its blocks overlap', async () => {
    expect(await refused({ CidrBlock: '10.0.0.0/16', SnatCidrBlock: '10.0.0.0/24,10.0.0.0/25' })).toBe(
      'CCN.SnatCidrConflict',
    )
  })

  test('CcnAmountLimit: the eleventh of an account, in whatever region', async () => {
    await addCcn(world(), { accountId: otherAccountId })
    for (let n = 1; n < ccnLimit; n += 1) await addCcn(world(), { regionId: 'cn-hangzhou' })
    await create()
    expect(await refused({})).toBe('CcnAmountLimit')
  })

  test('two calls for the last free place: one gets it', async () => {
    for (let n = 1; n < ccnLimit; n += 1) await addCcn(world())
    const outcomes = await Promise.allSettled([create(), create()])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test.each([
    [{ Name: '-', Description: '-' }, 'InvalidName'],
    [{ Description: '-', CidrBlock: ',' }, 'InvalidDescription'],
    [{ CidrBlock: ',', SnatCidrBlock: 'x' }, 'CCN.CidrEmpty'],
    [{ CidrBlock: 'x', SnatCidrBlock: 'x' }, 'CCN.InvalidCidr'],
    [
      { CidrBlock: '10.0.0.0/24,10.0.1.0/24,10.0.2.0/24,10.0.3.0/24,10.0.4.0/24,x', SnatCidrBlock: 'x' },
      'CCN.InvalidCidr',
    ],
    [
      { CidrBlock: '10.0.0.0/24,10.0.1.0/24,10.0.2.0/24,10.0.3.0/24,10.0.4.0/24,10.0.5.0/24', SnatCidrBlock: 'x' },
      'CCN.CidrAmountLimit',
    ],
  ])('of two errors the earlier row answers: %j', async (params, code) => {
    expect(await refused(params)).toBe(code)
  })

  test('what is wrong with the request comes before CcnAmountLimit', async () => {
    for (let n = 0; n < ccnLimit; n += 1) await addCcn(world())
    expect(await refused({ CidrBlock: '10.0.0.0/16', SnatCidrBlock: '10.0.0.0/24,10.0.0.0/25' })).toBe(
      'CCN.SnatCidrConflict',
    )
    expect(await refused({ CidrBlock: '10.0.0.0/16', SnatCidrBlock: '10.1.0.0/24' })).toBe('CCN.InvalidSnatCidr')
  })
})
