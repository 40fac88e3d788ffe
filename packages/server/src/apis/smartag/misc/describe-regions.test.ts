import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { describeRegions as operation } from './describe-regions.ts'

testOperation(operation, (world) => {
  async function regions(params: Readonly<Record<string, string>> = {}): Promise<readonly unknown[]> {
    return (await world().call(operation, params)).Regions as readonly unknown[]
  }

  test('lists every region with the endpoint clients reached', async () => {
    const listed = await regions()
    expect(listed).toHaveLength(10)
    expect(listed).toContainEqual({
      RegionId: 'cn-shanghai',
      RegionEndpoint: '127.0.0.1:7240',
      LocalName: '华东 2（上海）',
    })
  })

  test.each([
    ['zh-CN', '德国（法兰克福）'],
    ['en-US', 'Germany (Frankfurt)'],
    ['ja', 'ドイツ (フランクフルト)'],
  ])('names them in %s', async (AcceptLanguage, LocalName) => {
    expect(await regions({ AcceptLanguage })).toContainEqual(
      expect.objectContaining({ RegionId: 'eu-central-1', LocalName }),
    )
  })

  test('InvalidAcceptLanguage for a language without names', async () => {
    expect(await world().refused(operation, { AcceptLanguage: 'fr' })).toBe('InvalidAcceptLanguage')
  })

  test('ignores the leftovers of the platform, whatever they say', async () => {
    expect(await regions({ OwnerId: 'undefined', OwnerAccount: 'null', ResourceOwnerId: '-1' })).toHaveLength(10)
  })
})
