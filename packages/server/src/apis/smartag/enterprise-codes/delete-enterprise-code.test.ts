import { beforeEach, expect, test } from 'vitest'
import { createEnterpriseCodes } from '../../../store/remote-users/enterprise-codes.ts'
import { accountId, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addApp } from '../../testing/remote-users.suite.ts'
import { createEnterpriseCode } from './create-enterprise-code.ts'
import { deleteEnterpriseCode as operation } from './delete-enterprise-code.ts'

testOperation(operation, (world) => {
  const request = (EnterpriseCode: string) => ({ RegionId: regionId, EnterpriseCode })
  const found = (code: string) => world().store.read((db) => createEnterpriseCodes(db).code(code))

  beforeEach(async () => {
    await world().store.write(async (tx) => {
      const codes = createEnterpriseCodes(tx)
      await codes.add({ shown: 'Code1', accountId, isDefault: true }, 0)
      await codes.add({ shown: 'Code2', accountId, isDefault: false }, 0)
      await codes.add({ shown: 'Code3', accountId: otherAccountId, isDefault: false }, 0)
    })
  })

  test('deletes the code, whatever its case, and no other; it may be made again', async () => {
    expect(await world().call(operation, request('cODE2'))).toEqual({})
    expect(await found('code2')).toBeUndefined()
    expect(await found('code1')).toBeDefined()
    await world().call(createEnterpriseCode, request('CODE2'))
    expect(await found('code2')).toMatchObject({ shown: 'CODE2' })
  })

  test('EnterpriseCode.NotExist: not there, deleted already, or of another account', async () => {
    await world().call(operation, request('code2'))
    for (const code of ['code9', 'code2', 'code3', 'nonsense']) {
      expect(await world().refused(operation, request(code))).toBe('EnterpriseCode.NotExist')
    }
    expect(await found('code3')).toBeDefined()
  })

  test('EnterpriseCode.BeingUsed: an instance has it, also when it is the default one', async () => {
    await addApp(world(), { enterpriseCode: 'code2' })
    expect(await world().refused(operation, request('code2'))).toBe('EnterpriseCode.BeingUsed')
    await addApp(world(), { enterpriseCode: 'code1' })
    expect(await world().refused(operation, request('code1'))).toBe('EnterpriseCode.BeingUsed')
  })

  test('EnterpriseCode.DeleteLimit: the default one, which no instance has', async () => {
    expect(await world().refused(operation, request('code1'))).toBe('EnterpriseCode.DeleteLimit')
    expect(await found('code1')).toBeDefined()
  })
})
