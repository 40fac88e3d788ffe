import { beforeEach, expect, test } from 'vitest'
import { createEnterpriseCodes } from '../../../store/remote-users/enterprise-codes.ts'
import { accountId, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addApp, addUser } from '../../testing/remote-users.suite.ts'
import { updateSmartAgEnterpriseCode as operation } from './update-smart-ag-enterprise-code.ts'

testOperation(operation, (world) => {
  const request = (SmartAGId: string, EnterpriseCode = 'code2') => ({ RegionId: regionId, SmartAGId, EnterpriseCode })

  async function codeOf(id: string): Promise<string | undefined> {
    return (await world().fleet.instanceById(id))?.enterpriseCode
  }

  beforeEach(async () => {
    await world().store.write(async (tx) => {
      const codes = createEnterpriseCodes(tx)
      await codes.add({ shown: 'Code1', accountId, isDefault: true }, 0)
      await codes.add({ shown: 'Code2', accountId, isDefault: false }, 0)
      await codes.add({ shown: 'Code3', accountId: otherAccountId, isDefault: true }, 0)
    })
  })

  test('changes the code of the instance', async () => {
    const id = await addApp(world(), { enterpriseCode: 'code1' })
    expect(await world().call(operation, request(id, 'CODE2'))).toEqual({})
    expect(await codeOf(id)).toBe('code2')
  })

  test('may be repeated', async () => {
    const id = await addApp(world(), { enterpriseCode: 'code2' })
    await addUser(world(), id)
    expect(await world().call(operation, request(id))).toEqual({})
  })

  test('EnterpriseCode.UserNameConflict: an instance behind the code has an account of the same name', async () => {
    const id = await addApp(world(), { enterpriseCode: 'code1' })
    const other = await addApp(world(), { enterpriseCode: 'code2' })
    await addUser(world(), id, 'same')
    await addUser(world(), other, 'different')
    expect(await world().call(operation, request(id))).toEqual({})
    expect(await world().call(operation, request(id, 'code1'))).toEqual({})
    await addUser(world(), other, 'same')
    expect(await world().refused(operation, request(id))).toBe('EnterpriseCode.UserNameConflict')
    expect(await codeOf(id)).toBe('code1')
  })

  test.each(['code9', 'code3', 'nonsense'])(
    'EnterpriseCode.NotExist: %s is not there or of another account',
    async (code) => {
      const id = await addApp(world(), { enterpriseCode: 'code1' })
      expect(await world().refused(operation, request(id, code))).toBe('EnterpriseCode.NotExist')
    },
  )

  test('SAG.InstanceNoFound: unknown, of another account, no App', async () => {
    const { refused } = world()
    expect(await refused(operation, request('sag-none'))).toBe('SAG.InstanceNoFound')
    const foreign = await addApp(world(), { accountId: otherAccountId })
    expect(await refused(operation, request(foreign))).toBe('SAG.InstanceNoFound')
    expect(await refused(operation, request(await world().addInstance()))).toBe('SAG.InstanceNoFound')
  })

  test.each(['RegionId', 'SmartAGId', 'EnterpriseCode'])('MissingParameter: %s', async (name) => {
    expect(await world().refused(operation, { ...request('sag-none'), [name]: '' })).toBe('MissingParameter')
  })
})
