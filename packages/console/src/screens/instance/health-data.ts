import type { ResultOf } from '@opensag/smartag-client'
import type { Always } from '../../app/always.ts'
import { call } from '../../app/session.svelte.ts'
import type { Period } from '../../fleet/uptime.ts'

type Told = ResultOf<'DescribeGatewayHealth'>['Devices'][number]

export interface DeviceHealth extends Omit<Always<Told, 'SerialNumber' | 'RuledOut'>, 'State' | 'Periods'> {
  readonly State: 'Online' | 'Offline' | 'NeverConnected'
  readonly Periods: readonly Period[]
}

export async function deviceHealths(
  place: { readonly RegionId: string; readonly SmartAGId: string },
  hours: number,
  signal?: AbortSignal,
): Promise<readonly DeviceHealth[]> {
  const { Devices } = await call('OpenSAG', 'DescribeGatewayHealth', { ...place, Hours: hours }, signal)
  return Devices as readonly DeviceHealth[]
}
