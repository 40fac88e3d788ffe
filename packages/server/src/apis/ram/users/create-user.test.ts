import { expect, test } from 'vitest'
import { otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { limits } from '../limits.ts'
import { addUser, began, fill, testLength, testNames } from '../testing.suite.ts'
import { createUser as operation } from './create-user.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice' }

  test('creates a user with all it is told', async () => {
    const facts = {
      DisplayName: '爱丽丝 😀',
      MobilePhone: '86-18600000000',
      Email: 'alice@example.com',
      Comments: '夜班 <&">',
    }
    const { User } = await world().call(operation, { ...given, ...facts })
    expect(User).toEqual(expect.objectContaining({ ...facts, UserName: 'alice', CreateDate: began }))
    expect((User as { UserId: string }).UserId).toMatch(/^\d{18}$/)
  })

  test('EntityAlreadyExists.User: in this account, not in another', async () => {
    await addUser(world(), 'alice', { accountId: otherAccountId })
    await world().call(operation, given)
    expect(await world().refused(operation, given)).toBe('EntityAlreadyExists.User')
  })

  test('LimitExceeded.User', async () => {
    await fill(world(), 'ram_user', limits.users)
    expect(await world().refused(operation, given)).toBe('LimitExceeded.User')
  })

  testNames(operation, world, given, 'UserName', 'DisplayName')
  testLength(operation, world, given, 'Comments', 128)

  test.each([
    ['InvalidParameter.MobilePhone.Format', { MobilePhone: '18600000000' }],
    ['InvalidParameter.Email.Format', { Email: 'nobody' }],
    ['MissingUserName', { UserName: ' ' }],
  ])('%s', async (code, more) => {
    expect(await world().refused(operation, { ...given, ...more })).toBe(code)
  })
})
