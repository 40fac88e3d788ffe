import { expect, test } from 'vitest'
import { createEnterpriseCodes } from '../../../store/remote-users/enterprise-codes.ts'
import { accountId, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { listEnterpriseCode as operation } from './list-enterprise-code.ts'

testOperation(operation, (world) => {
  const list = (more: Readonly<Record<string, string>> = {}) => world().call(operation, { RegionId: regionId, ...more })

  async function addCodes(): Promise<void> {
    await world().store.write(async (tx) => {
      const codes = createEnterpriseCodes(tx)
      await codes.add({ shown: 'Code3', accountId, isDefault: false }, 0)
      await codes.add({ shown: 'code1', accountId, isDefault: false }, 0)
      await codes.add({ shown: 'code2', accountId, isDefault: true }, 0)
      await codes.add({ shown: 'code4', accountId: otherAccountId, isDefault: true }, 0)
    })
  }

  test('lists the codes of the account', async () => {
    await addCodes()
    expect(await list()).toEqual({
      EnterpriseCodes: [
        { EnterpriseCode: 'code1', IsDefault: false },
        { EnterpriseCode: 'code2', IsDefault: true },
        { EnterpriseCode: 'Code3', IsDefault: false },
      ],
      TotalCount: 3,
      MaxResults: 10,
      NextToken: undefined,
    })
  })

  test('an account without codes has none', async () => {
    expect(await list()).toMatchObject({ EnterpriseCodes: [], TotalCount: 0 })
  })

  test('goes on where the previous answer ended', async () => {
    await addCodes()
    const shown: unknown[] = []
    let token: unknown
    do {
      const answer = await list({ MaxResults: '1', ...(token === undefined ? {} : { NextToken: String(token) }) })
      expect(answer).toMatchObject({ TotalCount: 3, MaxResults: 1 })
      shown.push(...(answer['EnterpriseCodes'] as { EnterpriseCode: string }[]).map((code) => code.EnterpriseCode))
      token = answer['NextToken']
    } while (token !== undefined)
    expect(shown).toEqual(['code1', 'code2', 'Code3'])
  })

  test('finds one code without case, and the default', async () => {
    await addCodes()
    const codes = [{ EnterpriseCode: 'Code3', IsDefault: false }]
    expect(await list({ EnterpriseCode: 'CODE3' })).toMatchObject({ EnterpriseCodes: codes, TotalCount: 1 })
    expect(await list({ EnterpriseCode: 'code4' })).toMatchObject({ EnterpriseCodes: [], TotalCount: 0 })
    const onlyDefault = [{ EnterpriseCode: 'code2', IsDefault: true }]
    expect(await list({ IsDefault: 'true' })).toMatchObject({ EnterpriseCodes: onlyDefault, TotalCount: 1 })
  })

  test.each([
    ['InvalidMaxResults', { MaxResults: '0' }],
    ['InvalidMaxResults', { MaxResults: '101' }],
    ['InvalidNextToken', { NextToken: 'nonsense' }],
  ])('%s: %o', async (code, more) => {
    expect(await world().refused(operation, { RegionId: regionId, ...more })).toBe(code)
  })
})
