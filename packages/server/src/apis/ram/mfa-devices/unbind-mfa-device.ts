import { objectField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { badName, rows } from '../error-rows.ts'
import { existingUser } from '../find-or-refuse.ts'
import { mfaSerial } from '../mfa-serial.ts'
import { userName } from '../params.ts'

export const unbindMfaDevice = operation({
  name: 'UnbindMFADevice',
  family: 'mfa-devices',
  about: {
    en: 'Take the second factor from a RAM user. The device stays, and can be bound again.',
    zh: '解绑 RAM 用户的多因素认证设备。设备仍然存在，可再次绑定。',
  },
  source: 'Ram 2015-05-01, UnbindMFADevice',
  access: {
    action: 'ram:UnbindMFADevice',
    level: 'Write',
    resource: 'acs:ram:*:{account}:user/{UserName}',
    dependent: [],
  },
  transaction: 'write',

  params: { UserName: userName('UserName').required() },

  errors: { ...badName('UserName'), ...rows('EntityNotExist.User', 'EntityNotExist.User.MFADevice') },

  result: { MFADevice: objectField({ SerialNumber: stringField }) },

  // The Terraform provider calls it before it deletes a user, and goes on when it is told that there is no device.
  async run(context, { UserName }) {
    const device = await context.ram.mfaDevices.of((await existingUser(context, UserName)).id)
    if (device === undefined) throw context.fail('EntityNotExist.User.MFADevice')
    await context.ram.mfaDevices.unbind(device)
    return { MFADevice: { SerialNumber: mfaSerial(device) } }
  },
})
