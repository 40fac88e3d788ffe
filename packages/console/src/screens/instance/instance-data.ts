import { ApiError } from '@opensag/smartag-client'
import { call } from '../../app/session.svelte.ts'

export interface Attribute {
  readonly SmartAGId: string
  readonly Name?: string
  readonly Description?: string
  readonly Position?: string
  readonly InstanceType?: string
  readonly Status: string
  readonly CreateTime?: number
  readonly EndTime?: number
  readonly MaxBandwidth?: string
  readonly UserCount?: number
  readonly CidrBlock?: string
  readonly RoutingStrategy?: 'static' | 'dynamic'
  readonly SecurityLockThreshold?: number
  readonly AssociatedCcnId?: string
  readonly AssociatedCcnName?: string
  readonly EnableSoftwareConnectionAudit?: boolean
  readonly Devices: { readonly Device: readonly BoundDevice[] }
}

export interface BoundDevice {
  readonly SerialNumber: string
  readonly HaState: 'Active' | 'Standby'
  readonly HcState: 'online' | 'offline'
  readonly SoftwareVersion?: string
}

export interface DeviceInfo {
  readonly SmartAGType?: string
  readonly Version?: string
  readonly ControllerState?: 'Normal' | 'Abnormal'
  readonly VpnState?: 'Normal' | 'Abnormal'
  readonly SynStatus?: 'Synchronized' | 'Unsynchronized' | 'Synchronizing'
  readonly ServiceIP?: string
  readonly StartupTime?: string
  readonly LastConnectedControllerTime?: string
}

export interface DeviceConfiguration {
  readonly SerialNumber: string
  readonly DesiredRevision?: number
  readonly ReportedRevision?: number
  readonly Difference?: string
  readonly RevertReason?: string
}

export interface ShownDevice extends BoundDevice {
  readonly info: DeviceInfo
  readonly configuration: DeviceConfiguration | undefined
}

export interface InstanceState {
  readonly attribute: Attribute
  readonly devices: readonly ShownDevice[]
}

/** The instance and its devices as they are now. */
export async function loadInstance(regionId: string, id: string, signal: AbortSignal): Promise<InstanceState> {
  const place = { RegionId: regionId, SmartAGId: id }
  const attribute = await call<Attribute>('Smartag', 'DescribeSmartAccessGatewayAttribute', place, signal)
  const bound = attribute.Devices.Device
  const [infos, configurations] = await Promise.all([
    Promise.all(
      bound.map(({ SerialNumber }) =>
        call<DeviceInfo>('Smartag', 'DescribeSAGDeviceInfo', { ...place, SmartAGSn: SerialNumber }, signal),
      ),
    ),
    bound.length === 0 ? [] : configurationsOf(id, signal),
  ])
  return {
    attribute,
    devices: bound.map((device, index) => ({
      ...device,
      info: infos[index] ?? {},
      configuration: configurations.find(({ SerialNumber }) => SerialNumber === device.SerialNumber),
    })),
  }
}

/** Additional to what SmartAG tells: who may not see it sees the rest. */
async function configurationsOf(id: string, signal: AbortSignal): Promise<readonly DeviceConfiguration[]> {
  try {
    const answer = await call<{ readonly Devices: readonly DeviceConfiguration[] }>(
      'OpenSAG',
      'DescribeGatewayConfiguration',
      { SmartAGId: id },
      signal,
    )
    return answer.Devices
  } catch (error) {
    if (error instanceof ApiError && (error.status === 403 || error.status === 404)) return []
    throw error
  }
}

export interface PasswordChange {
  readonly ChangeId: string
  readonly SerialNumber: string
  readonly Generation?: number
  readonly Outcome: string
  readonly RequestedAt: string
  readonly DecidedAt?: string
  readonly Principal: string
  readonly RequestId: string
}

export async function passwordChanges(
  id: string,
  most: number,
  signal?: AbortSignal,
): Promise<readonly PasswordChange[]> {
  const params = { SmartAGId: id, MaxResults: most }
  const answer = await call<{ readonly Changes: readonly PasswordChange[] }>(
    'OpenSAG',
    'ListAdminPasswordChanges',
    params,
    signal,
  )
  return answer.Changes
}

export interface GatewayEvent {
  readonly EventId: string
  readonly SerialNumber: string
  readonly Name: string
  readonly Time: string
  readonly Detail?: string
}

export async function gatewayEvents(id: string, most: number, signal?: AbortSignal): Promise<readonly GatewayEvent[]> {
  const params = { SmartAGId: id, MaxResults: most }
  const answer = await call<{ readonly Events: readonly GatewayEvent[] }>(
    'OpenSAG',
    'ListGatewayEvents',
    params,
    signal,
  )
  return answer.Events
}

export interface SnatEntry {
  readonly InstanceId: string
  readonly CidrBlock: string
  readonly SnatIp: string
}

export async function snatEntries(regionId: string, id: string, signal?: AbortSignal): Promise<readonly SnatEntry[]> {
  const params = { RegionId: regionId, SmartAGId: id, PageSize: 50 }
  const answer = await call<{ readonly SnatEntries: { readonly SnatEntry: readonly SnatEntry[] } }>(
    'Smartag',
    'DescribeSnatEntries',
    params,
    signal,
  )
  return answer.SnatEntries.SnatEntry
}
