import { objectField, stringField, wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { date } from '../answers.ts'
import { mfaSerial } from '../mfa-serial.ts'

export const listVirtualMfaDevices = operation({
  name: 'ListVirtualMFADevices',
  family: 'mfa-devices',
  about: {
    en: 'List the virtual devices of the account, and whom each is bound to.',
    zh: '列出账号下的虚拟多因素认证设备及其绑定的用户。',
  },
  source: 'Ram 2015-05-01, ListVirtualMFADevices',
  access: { action: 'ram:ListVirtualMFADevices', level: 'List', resource: 'acs:ram:*:{account}:mfa/*', dependent: [] },
  transaction: 'read',

  params: {},

  errors: {},

  result: {
    VirtualMFADevices: wrapped('VirtualMFADevice', {
      SerialNumber: stringField,
      ActivateDate: stringField,
      User: objectField({ UserId: stringField, UserName: stringField, DisplayName: stringField }),
    }),
  },

  async run({ ram, caller }) {
    const devices = await ram.mfaDevices.devices(caller.accountId)
    return {
      VirtualMFADevices: devices.map(({ user, ...device }) => ({
        SerialNumber: mfaSerial(device),
        ActivateDate: device.boundAt === undefined ? undefined : date(device.boundAt),
        User: user && { UserId: user.id, UserName: user.name, DisplayName: user.displayName },
      })),
    }
  },
})
