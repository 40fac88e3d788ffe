import { chooseOperation, type Gateway } from '@opensag/rotation'
import type { FleetRow } from '../fleet/row.ts'
import { gatewaysOf } from './gateways.ts'

/** Why a gateway gets no new password. */
export type WhyNot = 'gone' | 'no-gateway' | 'offline' | 'model' | 'version'

export interface LeftOut {
  readonly key: string
  readonly regionId: string | undefined
  readonly instanceId: string
  readonly name: string | undefined
  readonly serial: string | undefined
  readonly model: string | undefined
  readonly version: string | undefined
  readonly why: WhyNot
}

export interface Choice {
  readonly gateways: readonly Gateway[]
  readonly leftOut: readonly LeftOut[]
}

/** Which of these instances' gateways can get a new password, and of all others why not. */
export function choiceOf(rows: readonly FleetRow[], { onlyOnline }: { readonly onlyOnline: boolean }): Choice {
  const gateways: Gateway[] = []
  const leftOut: LeftOut[] = []
  for (const row of rows) {
    const own = gatewaysOf([row])
    if (own.length === 0) leftOut.push({ ...leftOutOf(row), why: 'no-gateway' })
    for (const gateway of own) {
      const why = whyNot(gateway, onlyOnline)
      if (why === undefined) gateways.push(gateway)
      else {
        const { serial, model, version } = gateway
        leftOut.push({ ...leftOutOf(row), key: `${row.SmartAGId} ${serial}`, serial, model, version, why })
      }
    }
  }
  return { gateways, leftOut }
}

/** Chosen instances that the fleet does not have, or not for the eyes of this user. */
export function goneOf(ids: readonly string[], byId: ReadonlyMap<string, FleetRow>): readonly LeftOut[] {
  const nothing = { regionId: undefined, name: undefined, serial: undefined, model: undefined, version: undefined }
  return ids.filter((id) => !byId.has(id)).map((id) => ({ ...nothing, key: id, instanceId: id, why: 'gone' }))
}

function whyNot(gateway: Gateway, onlyOnline: boolean): WhyNot | undefined {
  const choice = chooseOperation(gateway)
  // Of a model that can, an older version cannot.
  if ('unsupported' in choice)
    return 'operation' in chooseOperation({ ...gateway, version: '999' }) ? 'version' : 'model'
  return onlyOnline && !gateway.online ? 'offline' : undefined
}

function leftOutOf({ SmartAGId, RegionId, Name, HardwareVersion }: FleetRow): Omit<LeftOut, 'why'> {
  return {
    ...{ key: SmartAGId, regionId: RegionId, instanceId: SmartAGId, name: Name },
    ...{ serial: undefined, model: HardwareVersion, version: undefined },
  }
}
