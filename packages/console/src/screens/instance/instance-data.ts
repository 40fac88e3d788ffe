import { ApiError, type ResultOf } from '@opensag/smartag-client'
import type { Always } from '../../app/always.ts'
import { call } from '../../app/session.svelte.ts'

type Told = ResultOf<'DescribeSmartAccessGatewayAttribute'>

export interface Attribute extends Omit<Always<Told, 'SmartAGId' | 'Status'>, 'Devices'> {
  readonly RoutingStrategy?: 'static' | 'dynamic'
  readonly Devices: { readonly Device: readonly BoundDevice[] }
}

export interface BoundDevice extends Always<Told['Devices']['Device'][number], 'SerialNumber'> {
  readonly HaState: 'Active' | 'Standby'
  readonly HcState: 'online' | 'offline'
}

export interface DeviceInfo extends Omit<ResultOf<'DescribeSAGDeviceInfo'>, 'RequestId'> {
  readonly SynStatus?: 'Synchronized' | 'Unsynchronized' | 'Synchronizing'
}

export type DeviceConfiguration = Always<ResultOf<'DescribeGatewayConfiguration'>['Devices'][number], 'SerialNumber'>

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
  const attribute = (await call('Smartag', 'DescribeSmartAccessGatewayAttribute', place, signal)) as Attribute
  const bound = attribute.Devices.Device
  const [infos, configurations] = await Promise.all([
    Promise.all(
      bound.map(({ SerialNumber }) =>
        call('Smartag', 'DescribeSAGDeviceInfo', { ...place, SmartAGSn: SerialNumber }, signal),
      ),
    ),
    bound.length === 0 ? [] : configurationsOf(id, signal),
  ])
  return {
    attribute,
    devices: bound.map((device, index) => ({
      ...device,
      info: (infos[index] ?? {}) as DeviceInfo,
      configuration: configurations.find(({ SerialNumber }) => SerialNumber === device.SerialNumber),
    })),
  }
}

/** Additional to what SmartAG tells: who may not see it sees the rest. */
async function configurationsOf(id: string, signal: AbortSignal): Promise<readonly DeviceConfiguration[]> {
  try {
    const answer = await call('OpenSAG', 'DescribeGatewayConfiguration', { SmartAGId: id }, signal)
    return answer.Devices as readonly DeviceConfiguration[]
  } catch (error) {
    if (error instanceof ApiError && (error.status === 403 || error.status === 404)) return []
    throw error
  }
}

export type PasswordChange = Always<
  ResultOf<'ListAdminPasswordChanges'>['Changes'][number],
  'ChangeId' | 'SerialNumber' | 'Outcome' | 'RequestedAt' | 'Principal' | 'RequestId'
>

export async function passwordChanges(
  id: string,
  most: number,
  signal?: AbortSignal,
): Promise<readonly PasswordChange[]> {
  const params = { SmartAGId: id, MaxResults: most }
  const answer = await call('OpenSAG', 'ListAdminPasswordChanges', params, signal)
  return answer.Changes as readonly PasswordChange[]
}

export type GatewayEvent = Always<
  ResultOf<'ListGatewayEvents'>['Events'][number],
  'EventId' | 'SerialNumber' | 'Name' | 'Time'
>

export async function gatewayEvents(id: string, most: number, signal?: AbortSignal): Promise<readonly GatewayEvent[]> {
  const params = { SmartAGId: id, MaxResults: most }
  const answer = await call('OpenSAG', 'ListGatewayEvents', params, signal)
  return answer.Events as readonly GatewayEvent[]
}

export type SnatEntry = Required<ResultOf<'DescribeSnatEntries'>['SnatEntries']['SnatEntry'][number]>

export async function snatEntries(regionId: string, id: string, signal?: AbortSignal): Promise<readonly SnatEntry[]> {
  const params = { RegionId: regionId, SmartAGId: id, PageSize: 50 }
  const answer = await call('Smartag', 'DescribeSnatEntries', params, signal)
  return answer.SnatEntries.SnatEntry as readonly SnatEntry[]
}
