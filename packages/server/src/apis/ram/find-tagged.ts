import type { TaggedType } from '../../store/access/tags.ts'
import type { Finding } from './find-or-refuse.ts'

type Codes = 'EntityNotExist.Role' | 'EntityNotExist.Policy'

/** Refuses names of roles or custom policies that are not there: nothing is tagged then. */
export async function requireTagged(
  { ram, caller: { accountId }, fail }: Finding<Codes>,
  type: TaggedType,
  names: readonly string[],
): Promise<void> {
  for (const name of names) {
    const found = type === 'role' ? await ram.roles.role(accountId, name) : await ram.policies.policy(accountId, name)
    if (found === undefined) throw fail(type === 'role' ? 'EntityNotExist.Role' : 'EntityNotExist.Policy')
  }
}
