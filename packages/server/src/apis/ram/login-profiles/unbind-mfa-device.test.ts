import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { addUser, testNames } from '../testing.suite.ts'
import { unbindMfaDevice as operation } from './unbind-mfa-device.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice' }

  test('EntityNotExist: user, then device, which no user has', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User')
    await addUser(world())
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User.MFADevice')
  })

  testNames(operation, world, given, 'UserName')
})
