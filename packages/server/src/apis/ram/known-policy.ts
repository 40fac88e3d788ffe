import { systemPolicies } from '../../model/system-policies.ts'
import type { PolicyName } from '../../store/access/attachments.ts'
import type { CustomPolicy, PolicyVersion } from '../../store/access/policies.ts'
import type { Ram } from '../../store/access/ram.ts'

/** A policy, whoever wrote it. */
export interface KnownPolicy extends PolicyName {
  readonly description: string | undefined
  readonly defaultVersion: number
  readonly createdAt: number
  readonly updatedAt: number
  /** JSON; a policy of the system has none. */
  readonly examples: string | undefined
}

type Known = Pick<Ram, 'policies'>

export async function findPolicy(
  { policies }: Known,
  accountId: string,
  { type, name }: PolicyName,
): Promise<KnownPolicy | undefined> {
  if (type === 'System') return knownSystemPolicies.find((policy) => policy.name === name)
  const policy = await policies.policy(accountId, name)
  return policy === undefined ? undefined : known(policy)
}

/** Oldest first. A system policy has the one version it came with. */
export async function versionsOf(
  { policies }: Known,
  accountId: string,
  { type, name }: PolicyName,
): Promise<readonly PolicyVersion[]> {
  if (type === 'System') {
    const policy = systemPolicies.get(name)
    if (policy === undefined) return []
    return [{ version: 1, document: policy.document, isDefault: true, createdAt: policy.createdAt }]
  }
  const policy = await policies.policy(accountId, name)
  return policy === undefined ? [] : policies.versions(policy)
}

export function known(policy: CustomPolicy): KnownPolicy {
  const { name, description, defaultVersion, createdAt, updatedAt, examples } = policy
  return { type: 'Custom', name, description, defaultVersion, createdAt, updatedAt, examples }
}

/** By name. */
export const knownSystemPolicies: readonly KnownPolicy[] = [...systemPolicies.values()].map(
  ({ name, description, createdAt }): KnownPolicy => ({
    type: 'System',
    name,
    description,
    defaultVersion: 1,
    createdAt,
    updatedAt: createdAt,
    examples: undefined,
  }),
)
