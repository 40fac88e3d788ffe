import { expect, test } from 'vitest'
import { regionId, testOperation } from '../../testing/harness.suite.ts'
import { listDpiSignatures as operation } from './list-dpi-signatures.ts'

testOperation(operation, (world) => {
  const list = async (more: Readonly<Record<string, string>> = {}) =>
    (await world().call(operation, { RegionId: regionId, ...more })) as {
      readonly DpiSignature: readonly { readonly DpiSignatureId: string }[]
      readonly TotalCount: number
      readonly NextToken?: string
    }

  test('all of them in parts, by number', async () => {
    const ids: string[] = []
    let token: string | undefined
    do {
      const part = await list({ MaxResults: '100', ...(token === undefined ? {} : { NextToken: token }) })
      expect(part.TotalCount).toBe(281)
      ids.push(...part.DpiSignature.map(({ DpiSignatureId }) => DpiSignatureId))
      token = part.NextToken
    } while (token !== undefined)
    expect(ids).toHaveLength(281)
    expect(ids).toEqual([...ids].sort((one, other) => Number(one) - Number(other)))
  })

  test('those of a group with one of the ids and one of the names', async () => {
    const names = { 'DpiSignatureNames.1': 'TLS', 'DpiSignatureNames.2': 'DNS', 'DpiSignatureNames.3': 'HTTP' }
    const shown = await list({ DpiGroupId: '5', 'DpiSignatureIds.1': '91', 'DpiSignatureIds.2': '5', ...names })
    expect(shown.DpiSignature).toEqual([
      {
        ...{ DpiGroupId: '5', DpiSignatureId: '91', DpiSignatureName: 'TLS' },
        ...{ MinEngineVersion: '4.2.0', MinSignatureDbVersion: '4.2.0' },
      },
    ])
  })
})
