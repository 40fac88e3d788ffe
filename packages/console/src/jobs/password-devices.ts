import { chooseOperation, type Gateway } from '@opensag/rotation'
import { inParts } from '@opensag/rules'
import { gatewaysOf } from '../fleet/gateways.ts'
import type { FleetRow } from '../fleet/row.ts'
import type { Candidate, WhyNot } from './candidates.ts'

/** The devices of these instances, each with the reason why it gets no new password, if there is one. */
export function passwordDevices(ids: readonly string[], byId: ReadonlyMap<string, FleetRow>): readonly Candidate[] {
  return ids.flatMap((id): readonly Candidate[] => {
    const row = byId.get(id)
    const none = { key: id, id, row, serial: undefined, role: undefined }
    if (row === undefined) return [{ ...none, against: 'unseen' }]
    const own = gatewaysOf([row])
    if (own.length === 0) return [{ ...none, against: 'app' }]
    return own.map((gateway) => {
      const { serial, role } = gateway
      return { key: `${id} ${serial}`, id, row, serial, role, against: whyNot(gateway) }
    })
  })
}

function whyNot(gateway: Gateway): WhyNot | undefined {
  // Of a model that can, an older version cannot.
  if ('unsupported' in chooseOperation(gateway))
    return 'operation' in chooseOperation({ ...gateway, version: '999' }) ? 'version' : 'model'
  return gateway.online ? undefined : 'offline'
}

/** In the order in which the server takes them, and how many there are in each part that has waves of its own. */
export function inOrder(devices: readonly Candidate[]): {
  readonly devices: readonly Candidate[]
  readonly parts: readonly number[]
} {
  const parts = inParts(devices, ({ id }) => id)
  return { devices: parts.flat(), parts: parts.map(({ length }) => length) }
}
