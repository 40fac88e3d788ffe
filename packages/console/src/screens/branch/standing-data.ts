import type { ResultOf } from '@opensag/smartag-client'
import type { Always } from '../../app/always.ts'
import { unlessDenied } from '../../app/denied.ts'
import { call } from '../../app/session.svelte.ts'
import { type Stage, standingOf } from '../../branch/standing.ts'

type Told = ResultOf<'DescribeSmartAccessGatewayAttribute'>

/** A device bound to the branch. */
export interface Machine {
  readonly serial: string
  /** Of a vCPE that has not enrolled: what it enrols with. */
  readonly key?: string | undefined
  readonly joined: boolean
}

export interface BranchState {
  readonly name: string
  readonly model: string
  readonly cidr: string | undefined
  readonly network: string | undefined
  readonly machines: readonly Machine[]
  readonly standing: readonly Stage[]
}

/** Where one branch stands, all of it as the server tells it: nothing of this page is needed for it. */
export async function loadStanding(regionId: string, id: string, signal: AbortSignal): Promise<BranchState> {
  const place = { RegionId: regionId, SmartAGId: id }
  const [attribute, events, configuration, network] = await Promise.all([
    call('Smartag', 'DescribeSmartAccessGatewayAttribute', place, signal),
    unlessDenied(call('OpenSAG', 'ListGatewayEvents', { ...place, MaxResults: 50 }, signal)),
    unlessDenied(call('OpenSAG', 'DescribeGatewayConfiguration', place, signal)),
    unlessDenied(call('OpenSAG', 'DescribeGatewayNetwork', place, signal)),
  ])
  const devices = attribute.Devices.Device as readonly Always<Told['Devices']['Device'][number], 'SerialNumber'>[]
  const heard = (events?.Events ?? []) as readonly { readonly Name: string; readonly Time: string }[]
  const standing = standingOf({
    status: attribute.Status ?? '',
    createdAt: attribute.CreateTime,
    inNetwork: attribute.AssociatedCcnId !== undefined,
    devices: devices.map(({ HcState, DistributeSkStatus }) => ({
      online: HcState === 'online',
      joined: DistributeSkStatus === 1,
    })),
    events: events && heard,
    configurations: configuration?.Devices,
    tunnels: network?.Devices.flatMap(({ Tunnels }) => Tunnels ?? []),
  })
  const hasEnrolled = standing.find(({ name }) => name === 'enrolled')?.state === 'done'
  return {
    name: attribute.Name ?? id,
    model: attribute.InstanceType ?? 'sag-1000',
    cidr: attribute.CidrBlock,
    network: attribute.AssociatedCcnName ?? attribute.AssociatedCcnId,
    standing,
    machines: devices.map(({ SerialNumber, SecretKey, DistributeSkStatus, HcState }) => ({
      serial: SerialNumber,
      key: DistributeSkStatus === 0 ? SecretKey : undefined,
      joined: HcState === 'online' || (DistributeSkStatus === undefined ? hasEnrolled : DistributeSkStatus === 1),
    })),
  }
}
