import { qrPng } from '../../../access/qr-png.ts'
import { authenticatorUri, base32, seedBytes } from '../../../access/totp.ts'
import { objectField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { badName, rows } from '../error-rows.ts'
import { limits } from '../limits.ts'
import { mfaSerial } from '../mfa-serial.ts'
import { mfaDeviceName } from '../params.ts'

export const createVirtualMfaDevice = operation({
  name: 'CreateVirtualMFADevice',
  family: 'mfa-devices',
  about: {
    en: 'Create a virtual device for an authenticator app. Its seed is in this answer, as text and as a QR code, and can never be read again.',
    zh: '创建虚拟多因素认证设备，供验证器应用使用。密钥（文本与二维码）仅在本次返回中出现，之后无法再次查询。',
  },
  source: 'Ram 2015-05-01, CreateVirtualMFADevice',
  access: {
    action: 'ram:CreateVirtualMFADevice',
    level: 'Write',
    resource: 'acs:ram:*:{account}:mfa/{VirtualMFADeviceName}',
    dependent: [],
  },
  transaction: 'write',

  params: { VirtualMFADeviceName: mfaDeviceName.required() },

  errors: {
    ...badName('VirtualMFADeviceName'),
    ...rows('EntityAlreadyExists.VirtualMFADevice', 'LimitExceeded.VirtualMFADevice'),
  },

  result: {
    VirtualMFADevice: objectField({
      SerialNumber: stringField,
      Base32StringSeed: stringField,
      QRCodePNG: stringField,
    }),
  },

  async run({ ram, caller, ids, now, fail }, { VirtualMFADeviceName: name }) {
    const { accountId } = caller
    if ((await ram.mfaDevices.device(accountId, name)) !== undefined) throw fail('EntityAlreadyExists.VirtualMFADevice')
    if ((await ram.mfaDevices.count(accountId)) >= limits.mfaDevices) throw fail('LimitExceeded.VirtualMFADevice')

    const seed = ids.mfaSeed()
    await ram.mfaDevices.add(accountId, name, seed, now)
    return {
      VirtualMFADevice: {
        SerialNumber: mfaSerial({ accountId, name }),
        Base32StringSeed: base32(seedBytes(seed)),
        QRCodePNG: qrPng(authenticatorUri(name, accountId, seedBytes(seed))).toString('base64'),
      },
    }
  },
})
