import {
  raiseSignatureFence,
  setGenerationFloor,
  setRestoredAt,
  signatureFence,
} from '../store/access/restore-marks.ts'
import { endAllChallenges } from '../store/access/security-key-challenges.ts'
import { endAllSessions } from '../store/access/sts-sessions.ts'
import { forgetMessages } from '../store/alerts/messages.ts'
import { operatorEntry } from '../store/audit/operator-entry.ts'
import { forgetEveryNode } from '../store/gateways/nodes.ts'
import { failAllChanges } from '../store/gateways/password-changes.ts'
import { forgetConnections } from '../store/gateways/tickets.ts'
import { forgetPasswordsUnderWay, pauseEveryJob } from '../store/jobs/runs.ts'
import { endEverySession } from '../store/remote-users/client-sessions.ts'
import type { Store, Writer } from '../store/store.ts'
import { deactivateKeys } from './deactivate-keys.ts'
import { type Returned, whatReturned } from './returned.ts'

export interface Marking {
  /** The wall clock. */
  readonly at: number
  /** The business clock. */
  readonly businessNow: number
  /** Fences signatures so far into the future, too, for clients whose clocks are ahead. */
  readonly aheadMs: number
  /** Deactivates every access key but these; undefined leaves all of them as they are. */
  readonly keepKeys?: readonly string[] | undefined
  /** Gateways that have shown their tickets since: those of a server that runs already; without it, none runs. */
  readonly confirmed?: ReadonlySet<string>
}

export interface Marked {
  readonly restoredAt: number
  /** No signature of this time or before is accepted. */
  readonly signatureFence: number
  readonly sessionsEnded: number
  readonly remoteUsersLoggedOff: number
  readonly changesFailed: number
  readonly keysDeactivated: number
  /** How things stand afterwards. */
  readonly returned: Returned
}

/**
 * Tells a store that it was restored from a backup: what it says of the time since is not known any more. All in one unit
 * of work, with its entry in the audit trail; whoever finds one of the marks finds all of them. The server that runs on the
 * store, if there is one, has to hear of the new fence and to end its connections.
 *
 * @throws UnknownKeys when a key that is to stay active is none of the store's; nothing is done then
 */
export function markRestored(store: Store, marking: Marking): Promise<Marked> {
  const { at } = marking
  return store.writeAudited(
    (tx) => mark(tx, marking),
    // From here on the trail is that of the restored server.
    (outcome) => {
      const what = { at, action: 'restore', source: '' }
      return operatorEntry({ ...what, outcome: 'error' in outcome ? 'Failed' : undefined })
    },
  )
}

async function mark(tx: Writer, { at, businessNow, aheadMs, keepKeys, confirmed }: Marking): Promise<Marked> {
  const keysDeactivated = keepKeys === undefined ? 0 : await deactivateKeys(tx, keepKeys)
  await setRestoredAt(tx, at)
  await raiseSignatureFence(tx, at + aheadMs)
  await setGenerationFloor(tx, at)
  const sessionsEnded = await endAllSessions(tx, at)
  await endAllChallenges(tx)
  const remoteUsersLoggedOff = await endEverySession(tx, 'ServerRestored', businessNow)
  const changesFailed = await failAllChanges(tx, at)
  // What a job has done since, and whom alerts have told, is not known: nothing is done or said a second time.
  await pauseEveryJob(tx)
  await forgetPasswordsUnderWay(tx, at)
  await forgetMessages(tx)
  const reason = 'The server was restored from a backup.'
  await forgetConnections(tx, { at, reason, confirmed: confirmed ?? new Set() })
  // Those of the backup run no more. Where one marks itself, the others say again that they run.
  if (confirmed === undefined) await forgetEveryNode(tx)
  return {
    restoredAt: at,
    signatureFence: await signatureFence(tx),
    sessionsEnded,
    remoteUsersLoggedOff,
    changesFailed,
    keysDeactivated,
    returned: await whatReturned(tx),
  }
}
