import { expect, test } from 'vitest'
import { day, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, addDnat, addSnat, ccnOf, grant, putInto, setBlocks } from '../../testing/networks.suite.ts'
import { bindSmartAccessGateway as operation } from './bind-smart-access-gateway.ts'

testOperation(operation, (world) => {
  async function bind(CcnId: string, SmartAGId: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
    expect(await world().call(operation, { RegionId: regionId, CcnId, SmartAGId, ...more })).toEqual({})
    expect(await ccnOf(world(), SmartAGId)).toBe(CcnId)
  }

  function refused(CcnId: string, SmartAGId: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
    return world().refused(operation, { RegionId: regionId, CcnId, SmartAGId, ...more })
  }

  /** An instance of one's own with these blocks, in no network. */
  async function withBlocks(blocks: string): Promise<string> {
    const id = await world().addInstance()
    await setBlocks(world(), id, blocks)
    return id
  }

  test.each(['hardware', 'vcpe', 'app'] as const)('puts a %s into the network with its blocks', async (kind) => {
    const ccn = await addCcn(world())
    const id = await world().addInstance({ kind })
    await setBlocks(world(), id, '10.0.0.0/24,10.0.1.0/24')
    await addSnat(world(), id, '10.0.0.0/24', '10.9.0.1')
    await bind(ccn, id)
    const [blocks, entries, instances] = await world().store.read((db) =>
      Promise.all([
        db.selectFrom('instance_cidr').select('ccn_id').execute(),
        db.selectFrom('snat_entry').select('ccn_id').execute(),
        db.selectFrom('instance').select(['ccn_id', 'ccn_bound_at']).execute(),
      ]),
    )
    expect([...blocks, ...entries]).toEqual([{ ccn_id: ccn }, { ccn_id: ccn }, { ccn_id: ccn }])
    expect(instances).toEqual([{ ccn_id: ccn, ccn_bound_at: world().now }])
  })

  test('needs no device, no block and no region', async () => {
    const [ccn, id] = [await addCcn(world()), await world().addInstance()]
    await world().call(operation, { CcnId: ccn, SmartAGId: id })
    expect(await ccnOf(world(), id)).toBe(ccn)
  })

  test("binds another account's instance that was granted", async () => {
    const ccn = await addCcn(world())
    const id = await world().addInstance({ accountId: otherAccountId })
    await grant(world(), id, ccn)
    await bind(ccn, id, { SmartAGUid: otherAccountId })
  })

  test('MissingParameter: no network, no instance', async () => {
    expect(await world().refused(operation, { RegionId: regionId, SmartAGId: 'sag-1' })).toBe('MissingParameter')
    expect(await world().refused(operation, { RegionId: regionId, CcnId: 'ccn-1', SmartAGId: ' ' })).toBe(
      'MissingParameter',
    )
  })

  test('InvalidId.CCN: unknown, or in another region', async () => {
    const id = await world().addInstance()
    expect(await refused('ccn-none', id)).toBe('InvalidId.CCN')
    expect(await refused(await addCcn(world(), { regionId: 'cn-hangzhou' }), id)).toBe('InvalidId.CCN')
  })

  test('InvalidId.SMARTAG: unknown, in another region, or not of the account that was named', async () => {
    const ccn = await addCcn(world())
    expect(await refused(ccn, 'sag-none')).toBe('InvalidId.SMARTAG')
    expect(await refused(ccn, await world().addInstance({ regionId: 'cn-hangzhou' }))).toBe('InvalidId.SMARTAG')
    expect(await refused(ccn, await world().addInstance(), { SmartAGUid: otherAccountId })).toBe('InvalidId.SMARTAG')
  })

  test("Forbidden: another account's network", async () => {
    const ccn = await addCcn(world(), { accountId: otherAccountId })
    expect(await refused(ccn, await world().addInstance())).toBe('Forbidden')
  })

  test("Forbidden: another account's instance without a grant to this network, or without naming the account", async () => {
    const [ccn, other] = [await addCcn(world()), await addCcn(world())]
    const id = await world().addInstance({ accountId: otherAccountId })
    expect(await refused(ccn, id, { SmartAGUid: otherAccountId })).toBe('Forbidden')
    await grant(world(), id, other)
    expect(await refused(ccn, id, { SmartAGUid: otherAccountId })).toBe('Forbidden')
    expect(await refused(other, id)).toBe('Forbidden')
  })

  test.each([
    ['hardware', 'unpaid'],
    ['hardware', 'received'],
    ['vcpe', 'unpaid'],
    ['app', 'unpaid'],
  ] as const)('SmartAccessGatewayNotActivated: %s, %s', async (kind, state) => {
    expect(await refused(await addCcn(world()), await world().addInstance({ kind, state }))).toBe(
      'SmartAccessGatewayNotActivated',
    )
  })

  test.each(['hardware', 'vcpe', 'app'] as const)('SmartAccessGatewayInArrears: %s past its end', async (kind) => {
    const [ccn, id] = [await addCcn(world()), await world().addInstance({ kind, periodMonths: 1 })]
    world().now += 40 * day
    expect(await refused(ccn, id)).toBe('SmartAccessGatewayInArrears')
  })

  test('SmartAccessGatewayAlreadyBound: to another network, or to this one', async () => {
    const [ccn, other] = [await addCcn(world()), await addCcn(world())]
    const id = await world().addInstance()
    await bind(ccn, id)
    expect(await refused(other, id)).toBe('SmartAccessGatewayAlreadyBound')
    expect(await refused(ccn, id)).toBe('SmartAccessGatewayAlreadyBound')
  })

  test.each([
    ['the same block', '10.0.1.0/24'],
    ['a block inside', '10.0.1.128/25'],
    ['a block around', '10.0.0.0/16'],
    ['the second of two', '10.9.0.0/24,10.0.1.5/32'],
  ])('CidrConflict: a member has %s', async (_, blocks) => {
    const ccn = await addCcn(world())
    await bind(ccn, await withBlocks('10.0.1.0/24,192.168.0.0/24'))
    const id = await withBlocks(blocks)
    expect(await refused(ccn, id)).toBe('CidrConflict')
    await bind(await addCcn(world()), id)
  })

  test('blocks that touch are no conflict', async () => {
    const ccn = await addCcn(world())
    await bind(ccn, await withBlocks('10.0.1.0/24'))
    await bind(ccn, await withBlocks('10.0.0.0/24'))
    await bind(ccn, await withBlocks('10.0.2.0/24'))
  })

  test('CidrConflict: outside the range of the network, or in its SNAT range', async () => {
    const ccn = await addCcn(world(), { range: '10.0.0.0/8', snatRange: '10.255.0.0/24' })
    expect(await refused(ccn, await withBlocks('172.16.0.0/24'))).toBe('CidrConflict')
    expect(await refused(ccn, await withBlocks('10.255.0.0/25'))).toBe('CidrConflict')
    await bind(ccn, await withBlocks('10.1.0.0/24'))
  })

  test('CidrConflict: a member hides behind the same address', async () => {
    const ccn = await addCcn(world(), { range: '10.0.0.0/8', snatRange: '10.255.0.0/24' })
    const [member, id] = [await withBlocks('10.1.0.0/24'), await withBlocks('10.2.0.0/24')]
    await bind(ccn, member)
    await addSnat(world(), member, '10.1.0.0/24', '10.255.0.1')
    await addSnat(world(), id, '10.2.0.0/24', '10.255.0.1')
    expect(await refused(ccn, id)).toBe('CidrConflict')
  })

  test.each([
    ['has a block with the address', (id: string) => setBlocks(world(), id, '10.9.0.0/24')],
    ['hides behind the address', (id: string) => addSnat(world(), id, '10.0.5.0/24', '10.9.0.1')],
    ['is reached at the address', (id: string) => addDnat(world(), id, '10.9.0.1')],
  ])('CidrConflict: the instance is reached at an address, and a member %s', async (_, has) => {
    const [ccn, id, member] = [await addCcn(world()), await world().addInstance(), await world().addInstance()]
    await has(member)
    await bind(ccn, member)
    await addDnat(world(), id, '10.9.0.1')
    expect(await refused(ccn, id)).toBe('CidrConflict')
    await bind(await addCcn(world()), id)
    const [row] = await world().store.read((db) =>
      db.selectFrom('dnat_entry').select('ccn_id').where('instance_id', '=', id).execute(),
    )
    expect(row?.ccn_id).toBe(await ccnOf(world(), id))
  })

  test('CidrConflict: the instance has a block in which a member is reached', async () => {
    const [ccn, member] = [await addCcn(world()), await world().addInstance()]
    await addDnat(world(), member, '10.9.0.1')
    await bind(ccn, member)
    expect(await refused(ccn, await withBlocks('10.9.0.0/24'))).toBe('CidrConflict')
  })

  test('CidrConflict: the instance hides a range where the network has no place for it', async () => {
    const ccn = await addCcn(world(), { range: '10.0.0.0/8', snatRange: '10.255.0.0/24' })
    for (const [source, address] of [
      ['192.168.1.0/24', '10.4.0.1'],
      ['10.255.0.0/25', '10.255.0.200'],
      ['192.168.1.0/24', '224.0.0.1'],
    ] as const) {
      const id = await world().addInstance()
      await addSnat(world(), id, source, address)
      expect(await refused(ccn, id)).toBe('CidrConflict')
    }
    const id = await world().addInstance()
    await addSnat(world(), id, '192.168.1.0/24', '10.255.0.1')
    await bind(ccn, id)
  })

  test.each([
    ['it hides behind an address in a block of a member', true],
    ['a member hides behind an address in a block of it', false],
  ])('CidrConflict: %s', async (_, hides) => {
    const ccn = await addCcn(world())
    const [blocks, hidden] = [await withBlocks('10.4.0.0/24'), await world().addInstance()]
    await addSnat(world(), hidden, '192.168.1.0/24', '10.4.0.1')
    const [member, id] = hides ? [blocks, hidden] : [hidden, blocks]
    await bind(ccn, member)
    expect(await refused(ccn, id)).toBe('CidrConflict')
  })

  test('of two errors the earlier row answers', async () => {
    const ccn = await addCcn(world())
    const foreign = await world().addInstance({ accountId: otherAccountId, state: 'received' })
    expect(await refused('ccn-none', 'sag-none')).toBe('InvalidId.CCN')
    expect(await refused(await addCcn(world(), { accountId: otherAccountId }), 'sag-none')).toBe('InvalidId.SMARTAG')
    expect(await refused(ccn, foreign, { SmartAGUid: otherAccountId })).toBe('Forbidden')

    const overdue = await world().addInstance({ state: 'received' })
    await world().fleet.setOverdue(overdue, 0)
    expect(await refused(ccn, overdue)).toBe('SmartAccessGatewayNotActivated')
    const bound = await world().addInstance()
    await putInto(world(), bound, await addCcn(world()))
    await world().fleet.setOverdue(bound, 0)
    expect(await refused(ccn, bound)).toBe('SmartAccessGatewayInArrears')

    await putInto(world(), await withBlocks('10.0.0.0/24'), ccn)
    const clashing = await withBlocks('10.0.0.0/24')
    await putInto(world(), clashing, await addCcn(world()))
    expect(await refused(ccn, clashing)).toBe('SmartAccessGatewayAlreadyBound')
  })

  test('two calls for the same addresses: one gets them', async () => {
    const ccn = await addCcn(world())
    const rivals = [await withBlocks('10.0.0.0/24'), await withBlocks('10.0.0.0/16')]
    const outcomes = await Promise.allSettled(rivals.map((id) => bind(ccn, id)))
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})
