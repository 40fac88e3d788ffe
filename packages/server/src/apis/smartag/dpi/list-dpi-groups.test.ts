import { expect, test } from 'vitest'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { listDpiGroups as operation } from './list-dpi-groups.ts'

testOperation(operation, (world) => {
  const list = async (more: Readonly<Record<string, string>> = {}) =>
    (await world().call(operation, { RegionId: regionId, ...more })) as {
      readonly DpiGroup: readonly { readonly DpiGroupName: string }[]
      readonly TotalCount: number
      readonly NextToken?: string
    }

  test('all of them in parts, by number, each with the version of nDPI they are of', async () => {
    const first = await list({ MaxResults: '20' })
    const second = await list({ MaxResults: '20', NextToken: String(first.NextToken) })
    const all = [...first.DpiGroup, ...second.DpiGroup]
    expect(first.TotalCount).toBe(all.length)
    expect(all.slice(0, 2)).toEqual([
      { DpiGroupId: '1', DpiGroupName: 'Media', MinEngineVersion: '4.2.0', MinSignatureDbVersion: '4.2.0' },
      { DpiGroupId: '2', DpiGroupName: 'VPN', MinEngineVersion: '4.2.0', MinSignatureDbVersion: '4.2.0' },
    ])
    expect(second.NextToken).toBeUndefined()
  })

  test('those with one of the ids and one of the names', async () => {
    const both = { 'DpiGroupIds.1': '1', 'DpiGroupIds.2': '2', 'DpiGroupNames.1': 'VPN', 'DpiGroupNames.2': 'Email' }
    const shown = await list(both)
    expect(shown.DpiGroup.map(({ DpiGroupName }) => DpiGroupName)).toEqual(['VPN'])
    expect(shown.TotalCount).toBe(1)
  })
})
