import type { Caller } from '../../access/caller.ts'
import type { SessionBasis } from '../../store/access/sts-sessions.ts'
import type { OperationContext } from '../context.ts'

/**
 * What a session hangs on that this caller begins: the key that signed and its user, or all that the caller's own session
 * hangs on. (The real service lets a role session outlive the key it was begun with. Here a stolen key that is
 * deactivated opens nothing any more, however many sessions were begun with it: our choice.) Undefined when the caller's
 * own session has ended since it was authenticated.
 */
export async function basisOf({ sessions }: OperationContext, caller: Caller): Promise<SessionBasis | undefined> {
  const { accessKeyId } = caller
  if (!accessKeyId.startsWith('STS.')) {
    return { accessKeyId, userId: caller.kind === 'RAMUser' ? caller.userId : undefined }
  }
  return sessions.basis(accessKeyId)
}
