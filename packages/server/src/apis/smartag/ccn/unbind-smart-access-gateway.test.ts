import { expect, test } from 'vitest'
import { day, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, addSnat, addVbr, ccnOf, grant, putInto, setBlocks } from '../../testing/networks.suite.ts'
import { unbindSmartAccessGateway as operation } from './unbind-smart-access-gateway.ts'

testOperation(operation, (world) => {
  async function unbind(CcnId: string, SmartAGId: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
    expect(await world().call(operation, { RegionId: regionId, CcnId, SmartAGId, ...more })).toEqual({})
    expect(await ccnOf(world(), SmartAGId)).toBeUndefined()
  }

  function refused(CcnId: string, SmartAGId: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
    return world().refused(operation, { RegionId: regionId, CcnId, SmartAGId, ...more })
  }

  async function member(ccn: string, instance: Parameters<ReturnType<typeof world>['addInstance']>[0] = {}) {
    const id = await world().addInstance(instance)
    await putInto(world(), id, ccn)
    return id
  }

  test('takes the instance out with its blocks and SNAT entries, which it keeps', async () => {
    const ccn = await addCcn(world())
    const id = await member(ccn)
    await setBlocks(world(), id, '10.0.0.0/24')
    await addSnat(world(), id, '10.0.0.0/24', '10.9.0.1')
    await unbind(ccn, id)
    const [blocks, entries] = await world().store.read((db) =>
      Promise.all([
        db.selectFrom('instance_cidr').select(['cidr', 'ccn_id']).execute(),
        db.selectFrom('snat_entry').select('ccn_id').execute(),
      ]),
    )
    expect([blocks, entries]).toEqual([[{ cidr: '10.0.0.0/24', ccn_id: null }], [{ ccn_id: null }]])
  })

  test('also while the network is attached to a CEN, and when the subscription is over', async () => {
    const ccn = await addCcn(world(), { cenId: 'cen-1' })
    const id = await member(ccn, { periodMonths: 1 })
    world().now += 40 * day
    await unbind(ccn, id)
  })

  test("takes another account's instance out of one's own network, with or without the grant", async () => {
    const ccn = await addCcn(world())
    const [granted, revoked] = [
      await member(ccn, { accountId: otherAccountId }),
      await member(ccn, { accountId: otherAccountId }),
    ]
    await grant(world(), granted, ccn)
    await unbind(ccn, granted, { SmartAGUid: otherAccountId })
    await unbind(ccn, revoked, { SmartAGUid: otherAccountId })
  })

  test("takes one's own instance out of another account's network", async () => {
    const ccn = await addCcn(world(), { accountId: otherAccountId })
    await unbind(ccn, await member(ccn))
  })

  test.each(['RegionId', 'CcnId', 'SmartAGId'])('MissingParameter: %s', async (name) => {
    const all = { RegionId: regionId, CcnId: 'ccn-1', SmartAGId: 'sag-1' }
    expect(await world().refused(operation, { ...all, [name]: '' })).toBe('MissingParameter')
  })

  test('InvalidId.SMARTAG: unknown, in another region, or not of the account that was named', async () => {
    const ccn = await addCcn(world())
    expect(await refused(ccn, 'sag-none')).toBe('InvalidId.SMARTAG')
    expect(await refused(ccn, await world().addInstance({ regionId: 'cn-hangzhou' }))).toBe('InvalidId.SMARTAG')
    expect(await refused(ccn, await member(ccn), { SmartAGUid: otherAccountId })).toBe('InvalidId.SMARTAG')
  })

  test("Forbidden: another account's instance that is not in one's own network, or without naming the account", async () => {
    const [ccn, foreign] = [await addCcn(world()), await addCcn(world(), { accountId: otherAccountId })]
    const [inMine, inTheirs] = [
      await member(ccn, { accountId: otherAccountId }),
      await member(foreign, { accountId: otherAccountId, state: 'received' }),
    ]
    expect(await refused(ccn, inMine)).toBe('Forbidden')
    expect(await refused(foreign, inTheirs, { SmartAGUid: otherAccountId })).toBe('Forbidden')
    expect(await refused(ccn, inTheirs, { SmartAGUid: otherAccountId })).toBe('Forbidden')
  })

  test('SmartAccessGatewayNotActivated comes before SmartAccessGatewayNotBind', async () => {
    expect(await refused(await addCcn(world()), await world().addInstance({ state: 'received' }))).toBe(
      'SmartAccessGatewayNotActivated',
    )
  })

  test('SmartAccessGatewayNotBind: in no network, or in another', async () => {
    const [ccn, other] = [await addCcn(world()), await addCcn(world())]
    expect(await refused(ccn, await world().addInstance())).toBe('SmartAccessGatewayNotBind')
    expect(await refused(other, await member(ccn))).toBe('SmartAccessGatewayNotBind')
    expect(await refused('ccn-none', await member(ccn))).toBe('SmartAccessGatewayNotBind')
  })

  test('AlreadyBound.CEN: it backs up a leased line; after SmartAccessGatewayNotBind', async () => {
    const ccn = await addCcn(world(), { cenId: 'cen-1' })
    const id = await member(ccn)
    await addVbr(world(), { cenId: 'cen-1', instanceId: id })
    expect(await refused(ccn, id)).toBe('AlreadyBound.CEN')
    expect(await refused(await addCcn(world()), id)).toBe('SmartAccessGatewayNotBind')
  })
})
