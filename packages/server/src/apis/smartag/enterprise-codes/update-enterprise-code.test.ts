import { beforeEach, expect, test } from 'vitest'
import { createEnterpriseCodes } from '../../../store/remote-users/enterprise-codes.ts'
import { accountId, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { createSmartAccessGatewaySoftware } from '../client-users/create-smart-access-gateway-software.ts'
import { deleteEnterpriseCode } from './delete-enterprise-code.ts'
import { updateEnterpriseCode as operation } from './update-enterprise-code.ts'

testOperation(operation, (world) => {
  const request = (EnterpriseCode: string, IsDefault: 'true' | 'false') => ({
    RegionId: regionId,
    EnterpriseCode,
    IsDefault,
  })
  const defaults = async (account = accountId): Promise<readonly string[]> => {
    const filter = { accountId: account, onlyDefault: true }
    const { codes } = await world().store.read((db) => createEnterpriseCodes(db).codes(filter, undefined, 10))
    return codes.map(({ shown }) => shown)
  }

  beforeEach(async () => {
    await world().store.write(async (tx) => {
      const codes = createEnterpriseCodes(tx)
      await codes.add({ shown: 'Code1', accountId, isDefault: true }, 0)
      await codes.add({ shown: 'Code2', accountId, isDefault: false }, 0)
      await codes.add({ shown: 'Code3', accountId: otherAccountId, isDefault: true }, 0)
    })
  })

  test('an account has one default code, and a new instance gets it; other accounts keep theirs', async () => {
    expect(await world().call(operation, request('cODE2', 'true'))).toEqual({})
    expect(await defaults()).toEqual(['Code2'])
    expect(await defaults(otherAccountId)).toEqual(['Code3'])
    const order = { RegionId: regionId, ChargeType: 'PREPAY', Period: '1', UserCount: '5', DataPlan: '5' }
    const { SmartAGId } = await world().call(createSmartAccessGatewaySoftware, { ...order, AutoPay: 'true' })
    expect((await world().fleet.instanceById(String(SmartAGId)))?.enterpriseCode).toBe('code2')
  })

  test('may be repeated', async () => {
    for (const _ of [1, 2]) await world().call(operation, request('code1', 'true'))
    expect(await defaults()).toEqual(['Code1'])
  })

  test('one that is the default no longer may be deleted; of another nothing changes', async () => {
    await world().call(operation, request('code2', 'false'))
    expect(await defaults()).toEqual(['Code1'])
    await world().call(operation, request('code1', 'false'))
    expect(await defaults()).toEqual([])
    await world().call(deleteEnterpriseCode, { RegionId: regionId, EnterpriseCode: 'code1' })
  })

  test.each(['code9', 'code3', 'nonsense'])(
    'EnterpriseCode.NotExist: %s is not there or of another account',
    async (code) => {
      expect(await world().refused(operation, request(code, 'true'))).toBe('EnterpriseCode.NotExist')
      expect([await defaults(), await defaults(otherAccountId)]).toEqual([['Code1'], ['Code3']])
    },
  )
})
