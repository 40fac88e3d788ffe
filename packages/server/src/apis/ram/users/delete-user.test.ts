import { expect, test } from 'vitest'
import { accountId, testOperation } from '../../testing/harness.suite.ts'
import { createAccessKey } from '../access-keys/create-access-key.ts'
import { unbindMfaDevice } from '../mfa-devices/unbind-mfa-device.ts'
import {
  addGroup,
  addMfaDevice,
  addUser,
  attach,
  bindMfaDevice,
  change,
  look,
  testNames,
  toUser,
} from '../testing.suite.ts'
import { deleteUser as operation } from './delete-user.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice' }

  test('deletes a user that has nothing', async () => {
    await addUser(world())
    expect(await world().call(operation, given)).toEqual({})
    expect(await look(world(), ({ users }) => users.user(accountId, 'alice'))).toBeUndefined()
  })

  test('security keys of the user go with it', async () => {
    const { id } = await addUser(world())
    await change(world(), ({ securityKeys }) =>
      securityKeys.add({
        ...{ id: 'sk-one', accountId, userId: id, name: 'blue', credentialId: 'x', publicKey: 'x', rpId: 'localhost' },
        ...{ transports: [], counter: 0, createdAt: 0 },
      }),
    )
    await world().call(operation, given)
    expect(await look(world(), ({ securityKeys }) => securityKeys.of(id))).toEqual([])
  })

  test('what a user still has is told one after the other, in the published order', async () => {
    const user = await addUser(world())
    const group = await addGroup(world())
    const profile = { passwordHash: 'x', passwordResetRequired: false, mfaBindRequired: false }
    await change(world(), async ({ groups, loginProfiles }) => {
      await groups.join(group, user, 1)
      await loginProfiles.add(user, profile, 1)
    })
    await attach(world(), toUser(user), 'ReadOnlyAccess', 'System')
    await bindMfaDevice(world(), 'alice', await addMfaDevice(world()))
    const { AccessKey } = await world().call(createAccessKey, given)
    const { AccessKeyId } = AccessKey as { AccessKeyId: string }

    expect(await world().refused(operation, given)).toBe('DeleteConflict.User.Group')
    await change(world(), ({ groups }) => groups.leave(group, user))
    expect(await world().refused(operation, given)).toBe('DeleteConflict.User.AccessKey')
    await world().store.write((tx) => tx.deleteFrom('access_key').where('id', '=', AccessKeyId).execute())
    expect(await world().refused(operation, given)).toBe('DeleteConflict.User.LoginProfile')
    await change(world(), ({ loginProfiles }) => loginProfiles.remove(user))
    expect(await world().refused(operation, given)).toBe('DeleteConflict.User.MFADevice')
    await world().call(unbindMfaDevice, given)
    expect(await world().refused(operation, given)).toBe('DeleteConflict.User.Policy')
    await change(world(), ({ attachments }) =>
      attachments.detach(accountId, { type: 'System', name: 'ReadOnlyAccess' }, toUser(user)),
    )
    expect(await world().call(operation, given)).toEqual({})
  })

  test('EntityNotExist.User', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User')
  })

  testNames(operation, world, given, 'UserName')
})
