import { expect, test } from 'vitest'
import { accountId, otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { addMfaDevice, addUser, began, bindMfaDevice } from '../testing.suite.ts'
import { listVirtualMfaDevices as operation } from './list-virtual-mfa-devices.ts'

testOperation(operation, (world) => {
  test('lists the devices of the account by name, with whom they are bound to', async () => {
    const alice = await addUser(world())
    await bindMfaDevice(world(), 'alice', await addMfaDevice(world(), 'tablet'))
    await addMfaDevice(world(), 'phone')
    expect(await world().call(operation)).toEqual({
      VirtualMFADevices: [
        { SerialNumber: `acs:ram::${accountId}:mfa/phone` },
        {
          SerialNumber: `acs:ram::${accountId}:mfa/tablet`,
          ActivateDate: began,
          User: { UserId: alice.id, UserName: 'alice' },
        },
      ],
    })
    world().caller = { kind: 'Account', accountId: otherAccountId, accessKeyId: 'k' }
    expect(await world().call(operation)).toEqual({ VirtualMFADevices: [] })
  })
})
