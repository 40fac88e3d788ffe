import { objectField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { badName, rows } from '../error-rows.ts'
import { existingUser } from '../find-or-refuse.ts'
import { userName } from '../params.ts'

export const unbindMfaDevice = operation({
  name: 'UnbindMFADevice',
  family: 'login-profiles',
  about: {
    en: 'Take the second factor from a RAM user. There are no such devices yet, so that no user has one.',
    zh: '解绑 RAM 用户的多因素认证设备。目前不支持此类设备，因此用户均未绑定。',
  },
  source: 'Ram 2015-05-01, UnbindMFADevice',
  access: {
    action: 'ram:UnbindMFADevice',
    level: 'Write',
    resource: 'acs:ram:*:{account}:user/{UserName}',
    dependent: [],
  },
  transaction: 'read',

  params: { UserName: userName('UserName').required() },

  errors: { ...badName('UserName'), ...rows('EntityNotExist.User', 'EntityNotExist.User.MFADevice') },

  result: { MFADevice: objectField({ SerialNumber: stringField }) },

  // The Terraform provider calls it before it deletes a user, and goes on when it is told that there is no device.
  async run(context, { UserName }) {
    await existingUser(context, UserName)
    throw context.fail('EntityNotExist.User.MFADevice')
  },
})
