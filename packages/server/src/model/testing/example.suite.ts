// Support for the tests of rules: an instance and a device nothing is special about.
import type { Device } from '../device.ts'
import type { Instance } from '../instance.ts'
import { blankDevice, blankInstance } from '../lifecycle-start.ts'

/** Connected, and bound to nothing. */
export function exampleDevice(facts: Partial<Device> = {}): Device {
  const unbound = { instanceId: undefined, role: undefined, boundAt: undefined }
  return blankDevice({ serial: 'sag00000001', connected: true, ...unbound, ...facts })
}

/** Ordered at 0, not paid. */
export function exampleInstance(facts: Partial<Instance> = {}): Instance {
  return blankInstance({ id: 'sag-example', accountId: '1210123456123456', orderId: '100000000000000', ...facts })
}
