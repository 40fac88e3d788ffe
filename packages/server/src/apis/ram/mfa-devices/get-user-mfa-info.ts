import { objectField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { badName, rows } from '../error-rows.ts'
import { existingUser } from '../find-or-refuse.ts'
import { mfaSerial } from '../mfa-serial.ts'
import { userName } from '../params.ts'

export const getUserMfaInfo = operation({
  name: 'GetUserMFAInfo',
  family: 'mfa-devices',
  about: { en: 'Show the second factor of a RAM user.', zh: '查询 RAM 用户绑定的多因素认证设备。' },
  source: 'Ram 2015-05-01, GetUserMFAInfo',
  access: {
    action: 'ram:GetUserMFAInfo',
    level: 'Read',
    resource: 'acs:ram:*:{account}:user/{UserName}',
    dependent: [],
  },
  transaction: 'read',

  params: { UserName: userName('UserName').required() },

  errors: { ...badName('UserName'), ...rows('EntityNotExist.User', 'EntityNotExist.User.MFADevice') },

  result: { MFADevice: objectField({ SerialNumber: stringField, Type: stringField }) },

  async run(context, { UserName }) {
    const device = await context.ram.mfaDevices.of((await existingUser(context, UserName)).id)
    if (device === undefined) throw context.fail('EntityNotExist.User.MFADevice')
    return { MFADevice: { SerialNumber: mfaSerial(device), Type: 'VMFA' } }
  },
})
