import { isAtLeast } from '@opensag/rules'
import type { Device, DeviceModel } from './device.ts'

/** The older boxes' operation (ModifySAGAdminPassword) or the newer ones' (UpdateSmartAccessGatewayAdminPassword). */
export type PasswordOperation = 'modify' | 'update'

/** Models each operation is for, and the first version that can (D for `update`; 2.0.0 is C). */
const support: Readonly<
  Record<PasswordOperation, { readonly models: readonly DeviceModel[]; readonly since: string }>
> = {
  modify: { models: ['sag-1000', 'sag-100wm'], since: '2.0.0.0' },
  update: { models: ['SCG5000', 'SCG5000-5G'], since: '3.4.2.0' },
}

/** Whether a device can do it, or what stands in the way. A vCPE has no local console, so neither operation is for it. */
export function adminPasswordSupport(
  operation: PasswordOperation,
  device: Pick<Device, 'model' | 'version'>,
): 'supported' | 'model' | 'version' {
  const { models, since } = support[operation]
  if (!models.includes(device.model)) return 'model'
  return isAtLeast(device.version, since) ? 'supported' : 'version'
}
