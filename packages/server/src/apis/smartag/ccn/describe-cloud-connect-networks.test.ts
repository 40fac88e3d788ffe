import { expect, test } from 'vitest'
import { toWire } from '../../../declare/index.ts'
import { accountId, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, putInto } from '../../testing/networks.suite.ts'
import { describeCloudConnectNetworks as operation } from './describe-cloud-connect-networks.ts'

interface Listed {
  readonly TotalCount: number
  readonly CloudConnectNetworks: { readonly CloudConnectNetwork: readonly Readonly<Record<string, unknown>>[] }
}

testOperation(operation, (world) => {
  async function list(params: Readonly<Record<string, string>> = {}): Promise<Listed> {
    const answer = toWire(operation.result, await world().call(operation, { RegionId: regionId, ...params }))
    return answer as unknown as Listed
  }

  async function ids(params: Readonly<Record<string, string>> = {}): Promise<readonly unknown[]> {
    return (await list(params)).CloudConnectNetworks.CloudConnectNetwork.map(({ CcnId }) => CcnId)
  }

  function tags(count: number): Record<string, string> {
    return Object.fromEntries(Array.from({ length: count }, (_, n) => [`Tag.${n + 1}.Key`, `key${n}`]))
  }

  test('shows a network with its members counted, those that are up apart', async () => {
    const id = await addCcn(world(), {
      name: 'branches',
      range: '10.0.0.0/16',
      snatRange: '10.0.0.0/25',
      cenId: 'cen-1',
    })
    const [up, down, bare, app] = [
      await world().addInstance(),
      await world().addInstance(),
      await world().addInstance(),
      await world().addInstance({ kind: 'app' }),
    ]
    await world().addDevice(up)
    await world().addDevice(up)
    await world().addDevice(down, { connected: false })
    await world().addDevice(down)
    for (const member of [up, down, bare, app]) await putInto(world(), member, id)
    await putInto(world(), await world().addInstance(), await addCcn(world(), { regionId: 'cn-hangzhou' }))

    expect(await list()).toEqual({
      TotalCount: 1,
      PageNumber: 1,
      PageSize: 10,
      CloudConnectNetworks: {
        CloudConnectNetwork: [
          {
            CcnId: id,
            Name: 'branches',
            CidrBlock: '10.0.0.0/16',
            SnatCidrBlock: '10.0.0.0/25',
            InterworkingStatus: 'enable',
            IsDefault: false,
            AssociatedCenId: 'cen-1',
            AssociatedCenOwnerId: accountId,
            AssociatedCloudBoxCount: '4',
            AvailableCloudBoxCount: '2',
            CreateTime: world().now,
            Tags: { Tag: [] },
          },
        ],
      },
    })
  })

  test('an empty network has no members, and what it has not is left out', async () => {
    const id = await addCcn(world())
    expect((await list()).CloudConnectNetworks.CloudConnectNetwork).toEqual([
      {
        CcnId: id,
        InterworkingStatus: 'enable',
        IsDefault: false,
        AssociatedCloudBoxCount: '0',
        AvailableCloudBoxCount: '0',
        CreateTime: world().now,
        Tags: { Tag: [] },
      },
    ])
  })

  test("is the caller's own, of the region, the newest first, page by page", async () => {
    const added: string[] = []
    for (let age = 0; age < 5; age += 1) added.push(await addCcn(world(), { createdAt: world().now - age }))
    await addCcn(world(), { accountId: otherAccountId })
    await addCcn(world(), { regionId: 'cn-hangzhou' })
    expect(await ids()).toEqual(added)
    expect(await ids({ PageSize: '2', PageNumber: '3' })).toEqual(added.slice(4))
    expect((await list({ PageSize: '2' })).TotalCount).toBe(5)
  })

  test('filters by id and by name, exactly', async () => {
    const [a, b] = [await addCcn(world(), { name: 'ab' }), await addCcn(world(), { name: 'abc' })]
    expect(await ids({ CcnId: a })).toEqual([a])
    expect(await ids({ Name: 'abc' })).toEqual([b])
    expect(await ids({ CcnId: a, Name: 'abc' })).toEqual([])
    expect(await ids({ CcnId: 'ccn-none' })).toEqual([])
  })

  test('a filter on tags matches nothing, for nothing has one', async () => {
    await addCcn(world())
    expect(await list({ 'Tag.1.Key': 'env', 'Tag.1.Value': 'prod' })).toMatchObject({ TotalCount: 0 })
    expect(await ids(tags(20))).toEqual([])
  })

  test('InvalidTagKey: none, too long, or reserved', async () => {
    for (const key of ['', 'x'.repeat(129), 'aliyun:x', 'acs:x', 'http://x']) {
      expect(await world().refused(operation, { RegionId: regionId, 'Tag.1.Key': key, 'Tag.1.Value': 'v' })).toBe(
        'InvalidTagKey',
      )
    }
  })

  test('InvalidTagValue: too long, or reserved', async () => {
    for (const value of ['x'.repeat(129), 'aliyun-x', 'https://x']) {
      expect(await world().refused(operation, { RegionId: regionId, 'Tag.1.Key': 'k', 'Tag.1.Value': value })).toBe(
        'InvalidTagValue',
      )
    }
  })

  test('SizeLimitExceeded.TagNum: the twenty-first', async () => {
    expect(await world().refused(operation, { RegionId: regionId, ...tags(21) })).toBe('SizeLimitExceeded.TagNum')
  })

  test('Forbidden.TagKey.Duplicated: the same key twice', async () => {
    expect(await world().refused(operation, { RegionId: regionId, 'Tag.1.Key': 'k', 'Tag.2.Key': 'k' })).toBe(
      'Forbidden.TagKey.Duplicated',
    )
  })

  test.each([
    [{ 'Tag.1.Value': 'https://x' }, 'InvalidTagKey'],
    [{ ...tags(21), 'Tag.1.Value': 'https://x' }, 'InvalidTagValue'],
    [{ ...tags(21), 'Tag.1.Key': 'key1' }, 'SizeLimitExceeded.TagNum'],
  ])('of two errors the earlier row answers, %#', async (params, code) => {
    expect(await world().refused(operation, { RegionId: regionId, ...params } as Record<string, string>)).toBe(code)
  })

  test.each([
    ['PageSize', '51'],
    ['PageNumber', '0'],
    ['Name', '-'],
  ])('Invalid%s: %s', async (name, value) => {
    expect(await world().refused(operation, { RegionId: regionId, [name]: value })).toBe(`Invalid${name}`)
  })
})
