import { expect, test } from 'vitest'
import { toWire } from '../../../declare/index.ts'
import { day, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, grant, putInto } from '../../testing/networks.suite.ts'
import { describeBindableSmartAccessGateways as operation } from './describe-bindable-smart-access-gateways.ts'

interface Listed {
  readonly TotalCount: number
  readonly SmartAccessGateways: { readonly SmartAccessGateway: readonly Readonly<Record<string, unknown>>[] }
}

testOperation(operation, (world) => {
  async function list(CcnId: string, params: Readonly<Record<string, string>> = {}): Promise<Listed> {
    const answer = await world().call(operation, { RegionId: regionId, CcnId, ...params })
    return toWire(operation.result, answer) as unknown as Listed
  }

  async function ids(CcnId: string, params: Readonly<Record<string, string>> = {}): Promise<readonly unknown[]> {
    return (await list(CcnId, params)).SmartAccessGateways.SmartAccessGateway.map(({ SmartAGId }) => SmartAGId)
  }

  test("shows the caller's own instances that BindSmartAccessGateway takes", async () => {
    const ccn = await addCcn(world())
    const free = await world().addInstance({ name: 'free' })
    await world().addInstance({ state: 'received' })
    await world().addInstance({ kind: 'app', state: 'unpaid' })
    await world().addInstance({ regionId: 'cn-hangzhou' })
    await world().addInstance({ accountId: otherAccountId })
    await putInto(world(), await world().addInstance(), await addCcn(world()))
    await putInto(world(), await world().addInstance(), ccn)
    expect(await list(ccn)).toEqual({
      TotalCount: 1,
      PageNumber: 1,
      PageSize: 10,
      SmartAccessGateways: { SmartAccessGateway: [{ SmartAGId: free, Name: 'free', SmartAGUid: 1210123456123456 }] },
    })
  })

  test('leaves out what is overdue', async () => {
    const ccn = await addCcn(world())
    await world().addInstance({ periodMonths: 1 })
    const paid = await world().addInstance()
    world().now += 40 * day
    expect(await ids(ccn)).toEqual([paid])
  })

  test('filters, and pages with the newest first', async () => {
    const ccn = await addCcn(world())
    const added: string[] = []
    for (let age = 0; age < 5; age += 1) {
      added.push(await world().addInstance({ name: `branch-${age}`, createdAt: world().now - age }))
    }
    expect(await ids(ccn)).toEqual(added)
    expect(await ids(ccn, { PageSize: '2', PageNumber: '3' })).toEqual(added.slice(4))
    expect(await ids(ccn, { Name: 'branch-3' })).toEqual([added[3]])
    expect(await ids(ccn, { SmartAGId: String(added[2]) })).toEqual([added[2]])
    expect(await ids(ccn, { SmartAGId: String(added[2]), Name: 'branch-3' })).toEqual([])
  })

  test('across accounts: those granted to this network, and not in one yet', async () => {
    const [ccn, other] = [await addCcn(world()), await addCcn(world())]
    await world().addInstance()
    const [granted, elsewhere, bound] = [
      await world().addInstance({ accountId: otherAccountId }),
      await world().addInstance({ accountId: otherAccountId }),
      await world().addInstance({ accountId: otherAccountId }),
    ]
    await grant(world(), granted, ccn)
    await grant(world(), elsewhere, other)
    await grant(world(), bound, ccn)
    await putInto(world(), bound, ccn)
    expect(await ids(ccn, { CrossAccount: 'true' })).toEqual([granted])
    expect(await ids(ccn, { CrossAccount: 'true', SmartAGId: granted })).toEqual([granted])
    expect(await ids(ccn, { CrossAccount: 'true', SmartAGId: elsewhere })).toEqual([])
    expect(await ids(await addCcn(world()), { CrossAccount: 'true' })).toEqual([])
  })

  test('CCN.InvalidId: not sent, unknown, of another account, in another region', async () => {
    expect(await world().refused(operation, { RegionId: regionId })).toBe('CCN.InvalidId')
    for (const CcnId of [
      'ccn-none',
      await addCcn(world(), { accountId: otherAccountId }),
      await addCcn(world(), { regionId: 'cn-hangzhou' }),
    ]) {
      expect(await world().refused(operation, { RegionId: regionId, CcnId })).toBe('CCN.InvalidId')
    }
  })

  test('InvalidRegionID comes before CCN.InvalidId', async () => {
    expect(await world().refused(operation, { RegionId: 'cn-nowhere' })).toBe('InvalidRegionID')
  })

  test.each([
    ['PageSize', '51'],
    ['CrossAccount', 'maybe'],
    ['Name', '-'],
  ])('Invalid%s: %s', async (name, value) => {
    expect(await world().refused(operation, { RegionId: regionId, CcnId: 'ccn-1', [name]: value })).toBe(
      `Invalid${name}`,
    )
  })
})
