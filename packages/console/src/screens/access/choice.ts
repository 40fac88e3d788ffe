import { mostGranted, narrowRoles, type ReadyGrant, type ReadyRole } from '@opensag/rules'

/** What somebody has chosen so far of a ready role and what it is on. */
export interface Choice {
  readonly role: ReadyRole
  readonly everything: boolean
  readonly instances: readonly string[]
  readonly networks: readonly string[]
}

export const nothingChosen: Choice = { role: 'viewer', everything: false, instances: [], networks: [] }

export function choiceOf({ role, on }: ReadyGrant): Choice {
  return on === 'everything' ? { ...nothingChosen, role, everything: true } : { role, everything: false, ...on }
}

/** Undefined until it is one that a policy can be made of. */
export function grantOf({ role, everything, instances, networks }: Choice): ReadyGrant | undefined {
  if (everything) return { role, on: 'everything' }
  const count = instances.length + networks.length
  if (!narrowRoles.includes(role) || count === 0 || count > mostGranted) return undefined
  return { role, on: { instances, networks } }
}
