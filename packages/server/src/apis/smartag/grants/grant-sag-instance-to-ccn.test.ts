import { expect, test } from 'vitest'
import { createRepositories } from '../../../store/repositories.ts'
import { accountId, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn } from '../../testing/networks.suite.ts'
import { grantSagInstanceToCcn as operation } from './grant-sag-instance-to-ccn.ts'

testOperation(operation, (world) => {
  function params(SmartAGId: string, CcnInstanceId: string, more: Readonly<Record<string, string>> = {}) {
    return { RegionId: regionId, SmartAGId, CcnInstanceId, CcnUid: otherAccountId, ...more }
  }

  function refused(SmartAGId: string, CcnId: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
    return world().refused(operation, params(SmartAGId, CcnId, more))
  }

  function theirCcn(more: Parameters<typeof addCcn>[1] = {}): Promise<string> {
    return addCcn(world(), { accountId: otherAccountId, ...more })
  }

  test.each([
    [{}, false],
    [{ GrantTrafficService: 'true' }, true],
  ])('lets the network bind the instance: %j', async (more, trafficService) => {
    const [id, ccn] = [await world().addInstance(), await theirCcn()]
    const answer = await world().call(operation, params(id, ccn, more))
    expect(answer).toEqual({ InstanceId: expect.stringMatching(/^sgc-[a-z0-9]{18}$/) })
    await world().store.read(async (db) => {
      const { networks } = createRepositories(db)
      expect(await networks.grantExists(id, ccn)).toBe(true)
      expect((await networks.grants(id, { number: 1, size: 1 })).grants).toEqual([
        {
          id: answer.InstanceId,
          instanceId: id,
          ccnId: ccn,
          ccnAccountId: otherAccountId,
          trafficService,
          createdAt: world().now,
        },
      ])
    })
  })

  test('MissingRegionId from the front door, before every code of the table', async () => {
    expect(await world().refused(operation, {})).toBe('MissingRegionId')
  })

  test('CCN.InvalidUid: absent, no number, not the owner of the network, or oneself', async () => {
    const [id, ccn] = [await world().addInstance(), await theirCcn()]
    expect(await refused(id, ccn, { CcnUid: '' })).toBe('CCN.InvalidUid')
    expect(await refused(id, ccn, { CcnUid: 'somebody' })).toBe('CCN.InvalidUid')
    expect(await refused(id, ccn, { CcnUid: '1210123456000000' })).toBe('CCN.InvalidUid')
    expect(await refused(id, await addCcn(world()), { CcnUid: accountId })).toBe('CCN.InvalidUid')
  })

  test('CCN.InvalidId: absent, unknown, or in another region', async () => {
    const id = await world().addInstance()
    expect(await refused(id, ' ')).toBe('CCN.InvalidId')
    expect(await refused(id, 'ccn-none')).toBe('CCN.InvalidId')
    expect(await refused(id, await theirCcn({ regionId: 'cn-hangzhou' }))).toBe('CCN.InvalidId')
  })

  test('SAG.InstanceIdEmpty: absent or blank', async () => {
    expect(await refused(' ', 'ccn-none')).toBe('SAG.InstanceIdEmpty')
  })

  test('SAG.InstanceNoFound: unknown, of another account, in another region', async () => {
    const ccn = await theirCcn()
    expect(await refused('sag-none', ccn)).toBe('SAG.InstanceNoFound')
    expect(await refused(await world().addInstance({ accountId: otherAccountId }), ccn)).toBe('SAG.InstanceNoFound')
    expect(await refused(await world().addInstance({ regionId: 'cn-hangzhou' }), ccn)).toBe('SAG.InstanceNoFound')
  })

  test('SAG.GrantDuplicated: granted already, to another network or to this one', async () => {
    const [id, ccn] = [await world().addInstance(), await theirCcn()]
    await world().call(operation, params(id, ccn))
    expect(await refused(id, ccn)).toBe('SAG.GrantDuplicated')
    expect(await refused(id, await theirCcn())).toBe('SAG.GrantDuplicated')
  })

  test('of two errors the earlier row answers', async () => {
    expect(await refused('', '', { CcnUid: '' })).toBe('CCN.InvalidUid')
    expect(await refused('', '')).toBe('CCN.InvalidId')
    expect(await refused('sag-none', 'ccn-none', { CcnUid: accountId })).toBe('CCN.InvalidUid')
    expect(await refused('sag-none', 'ccn-none')).toBe('CCN.InvalidId')
  })

  test('two calls at once: one grants', async () => {
    const id = await world().addInstance()
    const rivals = [await theirCcn(), await theirCcn()]
    const outcomes = await Promise.allSettled(rivals.map((ccn) => world().call(operation, params(id, ccn))))
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})
