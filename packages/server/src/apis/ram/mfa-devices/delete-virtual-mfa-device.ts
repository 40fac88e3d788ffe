import { operation } from '../../operation.ts'
import { rows } from '../error-rows.ts'
import { existingMfaDevice } from '../find-or-refuse.ts'
import { mfaSerialNumber } from '../params.ts'

export const deleteVirtualMfaDevice = operation({
  name: 'DeleteVirtualMFADevice',
  family: 'mfa-devices',
  about: {
    en: 'Delete a virtual device that is bound to nobody.',
    zh: '删除未绑定任何用户的虚拟多因素认证设备。',
  },
  source: 'Ram 2015-05-01, DeleteVirtualMFADevice',
  access: { action: 'ram:DeleteVirtualMFADevice', level: 'Write', resource: '{SerialNumber}', dependent: [] },
  transaction: 'write',

  params: { SerialNumber: mfaSerialNumber.required() },

  errors: rows('EntityNotExist.VirtualMFADevice', 'DeleteConflict.VirtualMFADevice.User'),

  result: {},

  async run(context, { SerialNumber }) {
    const device = await existingMfaDevice(context, SerialNumber)
    if (device.userId !== undefined) throw context.fail('DeleteConflict.VirtualMFADevice.User')
    await context.ram.mfaDevices.remove(device)
    return {}
  },
})
