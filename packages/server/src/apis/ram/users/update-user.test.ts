import { expect, test } from 'vitest'
import { accountId, day, testOperation } from '../../testing/harness.suite.ts'
import { addUser, attach, began, look, testNames, toUser } from '../testing.suite.ts'
import { updateUser as operation } from './update-user.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice' }

  test('changes what is given and keeps the rest', async () => {
    await addUser(world())
    await world().call(operation, { ...given, NewComments: '夜班', NewEmail: 'alice@example.com' })
    world().now += day
    const { User } = await world().call(operation, { ...given, NewDisplayName: 'Alice', NewMobilePhone: '86-1860000' })
    expect(User).toMatchObject({
      Comments: '夜班',
      Email: 'alice@example.com',
      DisplayName: 'Alice',
      MobilePhone: '86-1860000',
      CreateDate: began,
      UpdateDate: '2024-02-01T12:00:00Z',
    })
  })

  test('clears what is sent with nothing in it', async () => {
    await addUser(world())
    const facts = { NewDisplayName: 'Alice', NewMobilePhone: '86-1860000', NewEmail: 'a@example.com', NewComments: 'x' }
    await world().call(operation, { ...given, ...facts })
    const nothing = { NewDisplayName: '', NewMobilePhone: '', NewEmail: ' ', NewComments: '' }
    const { User } = await world().call(operation, { ...given, ...nothing })
    expect(User).toMatchObject({ UserName: 'alice' })
    for (const member of ['DisplayName', 'MobilePhone', 'Email', 'Comments']) {
      expect((User as Record<string, unknown>)[member]).toBeUndefined()
    }
  })

  test('a user that is renamed is the same user, with its policies', async () => {
    const user = await addUser(world())
    await attach(world(), toUser(user), 'ReadOnlyAccess', 'System')
    expect(await world().call(operation, { ...given, NewUserName: 'bob' })).toMatchObject({
      User: { UserId: user.id, UserName: 'bob' },
    })
    expect(await look(world(), ({ users }) => users.user(accountId, 'alice'))).toBeUndefined()
    expect(await look(world(), ({ attachments }) => attachments.to(toUser(user)))).toHaveLength(1)
  })

  test('EntityAlreadyExists.User: the new name is another user’s; its own is no conflict', async () => {
    await addUser(world())
    await addUser(world(), 'bob')
    expect(await world().refused(operation, { ...given, NewUserName: 'bob' })).toBe('EntityAlreadyExists.User')
    expect(await world().call(operation, { ...given, NewUserName: 'alice' })).toMatchObject({
      User: { UserName: 'alice' },
    })
  })

  test('EntityNotExist.User', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User')
  })

  testNames(operation, world, given, 'UserName', 'NewUserName', 'NewDisplayName')

  test.each([
    ['InvalidParameter.NewMobilePhone.Format', { NewMobilePhone: 'x' }],
    ['InvalidParameter.NewEmail.Format', { NewEmail: 'x' }],
    ['InvalidParameter.NewComments.Length', { NewComments: 'x'.repeat(129) }],
  ])('%s', async (code, more) => {
    expect(await world().refused(operation, { ...given, ...more })).toBe(code)
  })
})
