import { selfServicePolicy } from '../model/security-preference.ts'
import { RamAccounts } from '../store/access/accounts.ts'
import { type AppliedPolicy, policiesAppliedTo } from '../store/access/principal-policies.ts'
import type { Reader } from '../store/store.ts'
import type { RoleSessionCaller, UserCaller } from './caller.ts'

/**
 * The policies that bind a caller: its own and its groups', or its role's, each with the document in force; and what the
 * account lets every user do with itself.
 */
export async function policiesOf(
  db: Reader,
  caller: UserCaller | RoleSessionCaller,
): Promise<readonly AppliedPolicy[]> {
  if (caller.kind !== 'RAMUser') return policiesAppliedTo(db, { kind: 'role', id: caller.roleId })
  const through = { kind: 'user', id: caller.userId } as const
  const applied = await policiesAppliedTo(db, through)
  const preference = await new RamAccounts(db).securityPreference(caller.accountId)
  const document = selfServicePolicy(preference, caller.accountId, caller.userName)
  if (document === undefined) return applied
  return [...applied, { policy: { type: 'System', name: 'SecurityPreference' }, document, through }]
}
