import { hasLostBasis, type SessionRow } from '../store/access/sts-sessions.ts'
import type { Caller } from './caller.ts'

/**
 * Who a session is; undefined when something it hangs on is gone, with which it has ended: its role, its user, the
 * password it was begun with, or the key that began it. (The status of that key is the session's own.)
 */
export function sessionCaller(row: SessionRow): Caller | undefined {
  if (hasLostBasis(row)) return undefined
  const signed = { accountId: row.account_id, accessKeyId: row.id }
  if (row.role_id !== null) {
    if (row.role_name === null || row.session_name === null) return undefined
    const { role_id: roleId, role_name: roleName, session_name: sessionName } = row
    return { kind: 'AssumedRole', ...signed, roleId, roleName, sessionName }
  }
  if (row.user_id !== null && row.user_name !== null) {
    const user = { kind: 'RAMUser', ...signed, userId: row.user_id, userName: row.user_name } as const
    return row.mfa_present === 0 ? user : { ...user, mfaPresent: true }
  }
  return { kind: 'Account', ...signed }
}
