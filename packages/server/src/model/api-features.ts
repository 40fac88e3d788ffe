import type { Capability } from '@opensag/protocol'
import { adminPasswordSupport } from './admin-password-support.ts'
import type { Device } from './device.ts'
import {
  canExportFlows,
  canRouteDynamically,
  canShape,
  canTranslateDestinations,
  canTranslateSources,
} from './device-features.ts'

/** A part of an operation that not every device can do. */
interface Feature {
  /** A parameter of the operation where it is of one, else what the operation is for. */
  readonly name: string
  has(device: Device): boolean
  /** What its program must be able to do besides. */
  readonly capability?: Capability
}

const snat: Feature = { name: 'Snat', has: canTranslateSources }
const dnat: Feature = { name: 'Dnat', has: canTranslateDestinations, capability: 'dnat' }
const qos: Feature = { name: 'Qos', has: canShape, capability: 'qos' }
const flowLog: Feature = { name: 'FlowLog', has: canExportFlows, capability: 'flow-log' }

/** By operation; those that are not here can be done with every device. */
const features: Readonly<Record<string, readonly Feature[]>> = {
  ActiveFlowLog: [flowLog],
  AddDnatEntry: [dnat],
  AddSnatEntry: [snat],
  AssociateFlowLog: [flowLog],
  AssociateQos: [qos],
  ModifySAGAdminPassword: [
    { name: 'Password', has: (device) => adminPasswordSupport('modify', device) === 'supported' },
  ],
  ModifySmartAccessGateway: [{ name: 'RoutingStrategy', has: canRouteDynamically }],
  // None has an uplink of 4G beside its WAN.
  ModifySmartAccessGatewayUpBandwidth: [{ name: 'UpBandwidth4G', has: () => false }],
  UpdateSmartAccessGatewayAdminPassword: [
    { name: 'Password', has: (device) => adminPasswordSupport('update', device) === 'supported' },
  ],
}

/** What of an operation a device cannot do: its model or its version does not, or its program. */
export function unsupportedBy(device: Device, operation: string): readonly string[] {
  const lacks = ({ has, capability }: Feature): boolean =>
    !has(device) || (capability !== undefined && !isAble(device, capability))
  return (features[operation] ?? []).filter(lacks).map(({ name }) => name)
}

/** Of one that was never here nothing is known. */
function isAble({ sealKey, capabilities }: Device, capability: Capability): boolean {
  return sealKey === undefined || capabilities?.split(' ').includes(capability) === true
}
