import { expect, test } from 'vitest'
import { createEnterpriseCodes } from '../../../store/remote-users/enterprise-codes.ts'
import { accountId, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { createEnterpriseCode as operation } from './create-enterprise-code.ts'

testOperation(operation, (world) => {
  const request = (EnterpriseCode: string) => ({ RegionId: regionId, EnterpriseCode })
  const found = (text: string) => world().store.read((db) => createEnterpriseCodes(db).code(text))

  test('adds a code that is found without case and shown as written', async () => {
    expect(await world().call(operation, request('12Pqr'))).toEqual({})
    expect(await found('12PQR')).toEqual({ code: '12pqr', shown: '12Pqr', accountId, isDefault: false })
  })

  test('EnterpriseCode.BeenOccupied: another account has it, in whatever case', async () => {
    await world().store.write((tx) =>
      createEnterpriseCodes(tx).add({ shown: '12Pqr', accountId: otherAccountId, isDefault: true }, 0),
    )
    expect(await world().refused(operation, request('12pQR'))).toBe('EnterpriseCode.BeenOccupied')
    expect(await found('12pqr')).toMatchObject({ accountId: otherAccountId })
  })

  test('may be repeated', async () => {
    await world().call(operation, request('12Pqr'))
    expect(await world().call(operation, request('12pqr'))).toEqual({})
    expect(await found('12pqr')).toMatchObject({ shown: '12Pqr' })
  })

  test.each(['', 'abcde', '12345', 'abc1', 'abc123', 'ab-12'])('%j is no code', async (code) => {
    expect(await world().refused(operation, request(code))).toMatch(/^(Missing|Invalid)EnterpriseCode$/)
  })
})
