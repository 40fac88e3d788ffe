import { seedBytes, stepOfTwoCodes } from '../../../access/totp.ts'
import { secret } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { badName, rows } from '../error-rows.ts'
import { existingMfaDevice, existingUser } from '../find-or-refuse.ts'
import { mfaSerialNumber, userName } from '../params.ts'

const code = secret(/^[0-9]{6}$/)
  .required()
  .invalid('InvalidParameter.AuthenticationCode.Format')

export const bindMfaDevice = operation({
  name: 'BindMFADevice',
  family: 'mfa-devices',
  about: {
    en: 'Give a RAM user a second factor. Two codes that follow one another prove that the user has the device; from then on each logon to the console needs a code.',
    zh: '为 RAM 用户绑定多因素认证设备。连续的两个验证码证明用户持有该设备；此后每次登录控制台都需要验证码。',
  },
  source: 'Ram 2015-05-01, BindMFADevice',
  access: {
    action: 'ram:BindMFADevice',
    level: 'Write',
    resource: 'acs:ram:*:{account}:user/{UserName}',
    dependent: [],
  },
  transaction: 'write',

  params: {
    SerialNumber: mfaSerialNumber.required(),
    UserName: userName('UserName').required(),
    AuthenticationCode1: code.example('114523').about('A code that the device shows.', '设备显示的验证码。'),
    AuthenticationCode2: code.example('330764').about('The next code that it shows.', '设备显示的下一个验证码。'),
  },

  errors: {
    ...badName('UserName'),
    ...rows(
      'InvalidParameter.AuthenticationCode.Format',
      'EntityNotExist.User',
      'EntityNotExist.VirtualMFADevice',
      'EntityAlreadyExists.User.MFADevice',
      'EntityAlreadyExists.VirtualMFADevice.User',
      'CheckAuthenticationCodeFail',
    ),
  },

  result: {},

  async run(context, { SerialNumber, UserName, AuthenticationCode1, AuthenticationCode2 }) {
    const { ram, circumstances, now, fail } = context
    const user = await existingUser(context, UserName)
    const device = await existingMfaDevice(context, SerialNumber)
    if ((await ram.mfaDevices.of(user.id)) !== undefined) throw fail('EntityAlreadyExists.User.MFADevice')
    if (device.userId !== undefined) throw fail('EntityAlreadyExists.VirtualMFADevice.User')

    const seed = seedBytes(await ram.mfaDevices.seed(device))
    const step = stepOfTwoCodes(seed, [AuthenticationCode1.reveal(), AuthenticationCode2.reveal()], {
      at: circumstances.at,
      after: device.lastStep,
    })
    if (step === undefined) throw fail('CheckAuthenticationCodeFail')
    await ram.mfaDevices.bind(device, user, step, now)
    return {}
  },
})
