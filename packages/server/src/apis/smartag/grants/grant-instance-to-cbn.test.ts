import { expect, test } from 'vitest'
import { createRepositories } from '../../../store/repositories.ts'
import { accountId, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn } from '../../testing/networks.suite.ts'
import { grantInstanceToCbn as operation } from './grant-instance-to-cbn.ts'

testOperation(operation, (world) => {
  function params(CcnInstanceId: string, more: Readonly<Record<string, string>> = {}) {
    return { RegionId: regionId, CcnInstanceId, CenInstanceId: 'cen-1', CenUid: otherAccountId, ...more }
  }

  function grants() {
    const filter = { accountId, regionId, ccnId: undefined }
    return world().store.read((db) => createRepositories(db).networks.cenGrants(filter, { number: 1, size: 10 }))
  }

  test.each([
    [{}, false],
    [{ GrantTrafficService: 'true' }, true],
  ])('lets the CEN take up the network: %j', async (more, trafficService) => {
    const ccn = await addCcn(world())
    expect(await world().call(operation, params(ccn, more))).toEqual({})
    const { now } = world()
    expect((await grants()).grants).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/),
        ccnId: ccn,
        cenId: 'cen-1',
        cenAccountId: otherAccountId,
        trafficService,
        createdAt: now,
        modifiedAt: now,
      },
    ])
  })

  test('granted again it is the same grant, brought up to date; another CEN is another one', async () => {
    const ccn = await addCcn(world())
    await world().call(operation, params(ccn))
    const [first] = (await grants()).grants
    world().now += 1000
    await world().call(operation, params(ccn, { GrantTrafficService: 'true' }))
    expect((await grants()).grants).toEqual([{ ...first, trafficService: true, modifiedAt: world().now }])
    await world().call(operation, params(ccn, { CenInstanceId: 'cen-2' }))
    expect((await grants()).total).toBe(2)
  })

  test.each(['RegionId', 'CcnInstanceId', 'CenInstanceId', 'CenUid'])('Missing%s from the front door', async (name) => {
    expect(await world().refused(operation, params('ccn-1', { [name]: '' }))).toBe(`Missing${name}`)
  })

  test('InvalidCenInstanceId and InvalidCenUid from the front door', async () => {
    expect(await world().refused(operation, params('ccn-1', { CenInstanceId: 'vpc-1' }))).toBe('InvalidCenInstanceId')
    expect(await world().refused(operation, params('ccn-1', { CenUid: 'somebody' }))).toBe('InvalidCenUid')
  })

  test('InvalidId.CCN: unknown, of another account, or in another region', async () => {
    const foreign = await addCcn(world(), { accountId: otherAccountId })
    const elsewhere = await addCcn(world(), { regionId: 'cn-hangzhou' })
    for (const ccn of ['ccn-none', foreign, elsewhere]) {
      expect(await world().refused(operation, params(ccn))).toBe('InvalidId.CCN')
    }
    expect((await grants()).total).toBe(0)
  })
})
