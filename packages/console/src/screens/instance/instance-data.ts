import type { ResultOf } from '@opensag/smartag-client'
import type { Always } from '../../app/always.ts'
import { isDenied, unlessDenied } from '../../app/denied.ts'
import { call, session } from '../../app/session.svelte.ts'

type Told = ResultOf<'DescribeSmartAccessGatewayAttribute'>

export interface Attribute
  extends Omit<
    Always<Told, 'SmartAGId' | 'Status'>,
    'AclIds' | 'Devices' | 'FlowLogIds' | 'IRIds' | 'QosIds' | 'RequestId'
  > {
  readonly RoutingStrategy?: 'static' | 'dynamic'
  /** Undefined when only the list could be read. */
  readonly Devices?: { readonly Device: readonly BoundDevice[] }
  /** Of the list: of each device, separated by commas. */
  readonly SerialNumber?: string
}

export interface BoundDevice extends Always<Told['Devices']['Device'][number], 'SerialNumber'> {
  readonly HaState: 'Active' | 'Standby'
  readonly HcState: 'online' | 'offline'
}

export interface DeviceInfo extends Omit<ResultOf<'DescribeSAGDeviceInfo'>, 'RequestId'> {
  readonly SynStatus?: 'Synchronized' | 'Unsynchronized' | 'Synchronizing'
}

export type DeviceConfiguration = Always<ResultOf<'DescribeGatewayConfiguration'>['Devices'][number], 'SerialNumber'>

/** What is undefined could not be read. */
export interface ShownDevice extends Partial<BoundDevice> {
  readonly SerialNumber: string
  readonly info: DeviceInfo | undefined
  readonly configuration: DeviceConfiguration | undefined
}

export interface InstanceState {
  readonly attribute: Attribute
  readonly devices: readonly ShownDevice[]
}

interface Place {
  readonly RegionId: string
  readonly SmartAGId: string
}

/** The instance and its devices as they are now, as far as the user may see them. */
export async function loadInstance(regionId: string, id: string, signal: AbortSignal): Promise<InstanceState> {
  const place = { RegionId: regionId, SmartAGId: id }
  const attribute = await attributeOf(place, signal)
  const bound: readonly (Partial<BoundDevice> & { readonly SerialNumber: string })[] =
    attribute.Devices?.Device ?? serialsOf(attribute).map((SerialNumber) => ({ SerialNumber }))
  const [infos, configurations] = await Promise.all([
    Promise.all(
      bound.map(({ SerialNumber }) =>
        unlessDenied(call('Smartag', 'DescribeSAGDeviceInfo', { ...place, SmartAGSn: SerialNumber }, signal)),
      ),
    ),
    bound.length === 0 ? undefined : unlessDenied(call('OpenSAG', 'DescribeGatewayConfiguration', place, signal)),
  ])
  const found = (configurations?.Devices ?? []) as readonly DeviceConfiguration[]
  return {
    attribute,
    devices: bound.map((device, index) => ({
      ...device,
      info: infos[index] as DeviceInfo | undefined,
      configuration: found.find(({ SerialNumber }) => SerialNumber === device.SerialNumber),
    })),
  }
}

/** Sessions that may not read attributes, and how that was said: each refusal is in the audit, so they ask once. */
const onlyLists = new WeakMap<object, unknown>()

/** The attributes are granted for all instances or none: who may see this one only finds most of them in the list. */
async function attributeOf(place: Place, signal: AbortSignal): Promise<Attribute> {
  const { current } = session
  try {
    if (current !== undefined && onlyLists.has(current)) throw onlyLists.get(current)
    return (await call('Smartag', 'DescribeSmartAccessGatewayAttribute', place, signal)) as Attribute
  } catch (error) {
    if (isDenied(error) && current !== undefined) onlyLists.set(current, error)
    const list = await unlessDenied(call('Smartag', 'DescribeSmartAccessGateways', place, signal))
    const [listed] = list?.SmartAccessGateways.SmartAccessGateway ?? []
    if (!isDenied(error) || listed === undefined) throw error
    return listed as Attribute
  }
}

function serialsOf({ SerialNumber = '' }: { readonly SerialNumber?: string }): readonly string[] {
  return SerialNumber.split(',').filter((serial) => serial !== '')
}

export type PasswordChange = Always<
  ResultOf<'ListAdminPasswordChanges'>['Changes'][number],
  'ChangeId' | 'SerialNumber' | 'Outcome' | 'RequestedAt' | 'Principal' | 'RequestId'
>

export async function passwordChanges(
  place: Place,
  most: number,
  signal?: AbortSignal,
): Promise<readonly PasswordChange[]> {
  const params = { ...place, MaxResults: most }
  const answer = await call('OpenSAG', 'ListAdminPasswordChanges', params, signal)
  return answer.Changes as readonly PasswordChange[]
}

export type GatewayEvent = Always<
  ResultOf<'ListGatewayEvents'>['Events'][number],
  'EventId' | 'SerialNumber' | 'Name' | 'Time'
>

export async function gatewayEvents(
  place: Place,
  most: number,
  signal?: AbortSignal,
): Promise<readonly GatewayEvent[]> {
  const params = { ...place, MaxResults: most }
  const answer = await call('OpenSAG', 'ListGatewayEvents', params, signal)
  return answer.Events as readonly GatewayEvent[]
}

export type GatewayNetwork = Always<ResultOf<'DescribeGatewayNetwork'>['Devices'][number], 'SerialNumber'>

export async function gatewayNetworks(place: Place, signal?: AbortSignal): Promise<readonly GatewayNetwork[]> {
  const answer = await call('OpenSAG', 'DescribeGatewayNetwork', place, signal)
  return answer.Devices as readonly GatewayNetwork[]
}

export type SnatEntry = Required<ResultOf<'DescribeSnatEntries'>['SnatEntries']['SnatEntry'][number]>

export async function snatEntries(regionId: string, id: string, signal?: AbortSignal): Promise<readonly SnatEntry[]> {
  const params = { RegionId: regionId, SmartAGId: id, PageSize: 50 }
  const answer = await call('Smartag', 'DescribeSnatEntries', params, signal)
  return answer.SnatEntries.SnatEntry as readonly SnatEntry[]
}
