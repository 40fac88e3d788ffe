import { type AppliedPolicy, policiesAppliedTo } from '../store/access/principal-policies.ts'
import type { Reader } from '../store/store.ts'
import type { RoleSessionCaller, UserCaller } from './caller.ts'

/** The policies that bind a caller: its own and its groups', or its role's. Each with the document in force. */
export function policiesOf(db: Reader, caller: UserCaller | RoleSessionCaller): Promise<readonly AppliedPolicy[]> {
  return caller.kind === 'RAMUser'
    ? policiesAppliedTo(db, { kind: 'user', id: caller.userId })
    : policiesAppliedTo(db, { kind: 'role', id: caller.roleId })
}
