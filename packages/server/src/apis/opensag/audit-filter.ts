import type { StoredAuditEntry, Through } from '../../store/audit/audit.ts'
import { throughOf } from '../../store/audit/audit.ts'
import { readDetails } from '../../store/audit/details.ts'
import { identityOf } from '../actiontrail/event.ts'

/** What entries are told apart by that the database does not know. */
export interface AuditFilter {
  /** The id, name or serial number of a thing, whole. */
  readonly object?: string | undefined
  readonly through?: Through | undefined
  /** Words that all occur somewhere in the entry. */
  readonly text?: string | undefined
}

/** Whether an entry is wanted, made once for a search. Case counts nowhere. */
export function auditFilter({ object, through, text }: AuditFilter): (event: StoredAuditEntry) => boolean {
  const named = object?.trim().toLowerCase()
  const words = text?.toLowerCase().split(/\s+/).filter(Boolean) ?? []
  return (event) => {
    if (through !== undefined && throughOf(event) !== through) return false
    if (named !== undefined && named !== '' && !isAbout(event, named)) return false
    if (words.length === 0) return true
    const all = textOf(event)
    return words.every((word) => all.includes(word))
  }
}

function isAbout({ resources, details }: StoredAuditEntry, named: string): boolean {
  // `acs:smartag:cn-shanghai:1:clientuser/sag-1/anna` is about the instance, too.
  const isInPath = resources.some((resource) => {
    const path = resource.split(':').slice(4).join(':').toLowerCase()
    return path.slice(path.indexOf('/') + 1) === named || path.split('/').includes(named, 1)
  })
  if (isInPath) return true
  // Only what names things is read: most entries have other ones.
  if (details === undefined || !details.toLowerCase().includes(named)) return false
  return readDetails(details).things.some(({ id, name }) => id.toLowerCase() === named || name?.toLowerCase() === named)
}

function textOf(event: StoredAuditEntry): string {
  const { action, product, source, requestId, outcome = '', accessKeyId, resources, details = '' } = event
  const [, userName] = identityOf(event)
  return [action, product, source, requestId, outcome, accessKeyId, userName, ...resources, details]
    .join('\n')
    .toLowerCase()
}

/** As whom a caller of this name can have called; of a session `role:session`. */
export function principalsOf(accountId: string, userName: string): readonly string[] {
  const [role = '', ...session] = userName.split(':')
  return [
    `acs:ram::${accountId}:user/${userName}`,
    ...(userName === 'root' ? [`acs:ram::${accountId}:root`] : []),
    ...(session.length > 0 ? [`acs:sts::${accountId}:assumed-role/${role}/${session.join(':')}`] : []),
    // Whoever failed to prove who it was is named as it was claimed.
    userName,
  ]
}
