import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { listFleet } from '../list-fleet.ts'
import { tagGateway as operation } from './tag-gateway.ts'

testOperation(operation, (world) => {
  const tagsOf = async (SmartAGId: string) => {
    const { Instances } = (await world().call(listFleet, { 'SmartAGIds.1': SmartAGId })) as {
      readonly Instances: readonly { readonly Tags?: readonly { readonly Key: string; readonly Value: string }[] }[]
    }
    return Instances[0]?.Tags?.map(({ Key, Value }) => `${Key}=${Value}`)
  }
  const many = (count: number, from = 0) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`Tag.${index + 1}.Key`, `k${from + index}`]))

  test('tags are kept by key, and a key that is there gets the new value', async () => {
    const SmartAGId = await world().addInstance()
    expect(await tagsOf(SmartAGId)).toEqual([])
    await world().call(operation, {
      SmartAGId,
      'Tag.1.Key': 'env',
      'Tag.1.Value': 'test',
      'Tag.2.Key': 'critical',
      'Tag.3.Key': '__proto__',
      'Tag.3.Value': 'x',
    })
    expect(await tagsOf(SmartAGId)).toEqual(['__proto__=x', 'critical=', 'env=test'])
    await world().call(operation, { SmartAGId, RegionId: regionId, 'Tag.1.Key': 'env', 'Tag.1.Value': 'prod' })
    expect(await tagsOf(SmartAGId)).toEqual(['__proto__=x', 'critical=', 'env=prod'])
  })

  test('whoever keeps a copy of the fleet hears of them, and of nothing else', async () => {
    for (let n = 0; n < 40; n++) await world().addInstance({ id: `sag-n${String(n).padStart(3, '0')}` })
    const all = await world().call(listFleet, { Since: '0' })
    await world().call(operation, { SmartAGId: 'sag-n007', 'Tag.1.Key': 'site', 'Tag.1.Value': 'Lyon' })
    const since = await world().call(listFleet, { Since: String(all['Since']) })
    const rows = since['Instances'] as readonly { readonly SmartAGId: string; readonly Tags: readonly unknown[] }[]
    expect(rows.length).toBeLessThan(20)
    expect(rows.filter(({ Tags }) => Tags.length > 0)).toMatchObject([
      { SmartAGId: 'sag-n007', Tags: [{ Key: 'site', Value: 'Lyon' }] },
    ])
    expect((await world().call(listFleet, { Since: String(since['Since']) }))['Instances']).toEqual([])
  })

  test('two calls at once keep the tags of both', async () => {
    const SmartAGId = await world().addInstance()
    await Promise.all(
      ['a', 'b', 'c', 'd'].map((key) => world().call(operation, { SmartAGId, 'Tag.1.Key': key, 'Tag.1.Value': '1' })),
    )
    expect(await tagsOf(SmartAGId)).toEqual(['a=1', 'b=1', 'c=1', 'd=1'])
  })

  test('InvalidTagKey: none, too long, or reserved', async () => {
    const SmartAGId = await world().addInstance()
    expect(await world().refused(operation, { SmartAGId })).toBe('InvalidTagKey')
    expect(await world().refused(operation, { SmartAGId, 'Tag.1.Value': 'x' })).toBe('InvalidTagKey')
    for (const key of ['acs:x', 'Aliyun', 'http://x', 'x'.repeat(129)]) {
      expect(await world().refused(operation, { SmartAGId, 'Tag.1.Key': key })).toBe('InvalidTagKey')
    }
  })

  test('InvalidTagValue: too long, or an address', async () => {
    const SmartAGId = await world().addInstance()
    for (const value of ['x'.repeat(129), 'https://x']) {
      const tag = { 'Tag.1.Key': 'a', 'Tag.1.Value': value }
      expect(await world().refused(operation, { SmartAGId, ...tag })).toBe('InvalidTagValue')
    }
  })

  test('Forbidden.TagKey.Duplicated: the same key twice', async () => {
    const SmartAGId = await world().addInstance()
    const twice = { 'Tag.1.Key': 'a', 'Tag.2.Key': 'a', 'Tag.2.Value': 'x' }
    expect(await world().refused(operation, { SmartAGId, ...twice })).toBe('Forbidden.TagKey.Duplicated')
  })

  test('SizeLimitExceeded.TagNum: more than 20 sent, or with those that are there; then none is added', async () => {
    const SmartAGId = await world().addInstance()
    expect(await world().refused(operation, { SmartAGId, ...many(21) })).toBe('SizeLimitExceeded.TagNum')
    await world().call(operation, { SmartAGId, ...many(20) })
    await world().call(operation, { SmartAGId, ...many(20) })
    expect(await world().refused(operation, { SmartAGId, ...many(1, 20) })).toBe('SizeLimitExceeded.TagNum')
    expect(await tagsOf(SmartAGId)).toHaveLength(20)
  })

  test('SAG.InstanceNoFound: not there, of another account, or in another region', async () => {
    const tag = { 'Tag.1.Key': 'a' }
    const mine = await world().addInstance()
    const other = await world().addInstance({ accountId: otherAccountId })
    for (const asked of [
      {},
      { SmartAGId: 'sag-none' },
      { SmartAGId: other },
      { SmartAGId: mine, RegionId: 'eu-central-1' },
    ]) {
      expect(await world().refused(operation, { ...asked, ...tag })).toBe('SAG.InstanceNoFound')
    }
  })
})
