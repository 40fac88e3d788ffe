/** `SynStatus` as DescribeSAGDeviceInfo shows it. */
export type SynStatus = 'Synchronized' | 'Synchronizing' | 'Unsynchronized'

/**
 * What people set at the local console, by its revisions. `local` rises with each change there, `synced` is the last one
 * both sides agreed on, as the gateway knows it.
 */
export interface LocalRevisions {
  readonly local: number
  readonly synced: number
}

/** The revision of which SynchronizeSmartAGWebConfig has promised that it is taken over; null: none is under way. */
export type AgreedRevision = number | null

/** A change at the console. What changes nothing raises no revision. */
export function edited(revisions: LocalRevisions): LocalRevisions {
  return { ...revisions, local: revisions.local + 1 }
}

/** The server told that it agrees. A revision that was passed already, or is still to come, changes nothing. */
export function agreed(revisions: LocalRevisions, revision: number): LocalRevisions {
  const isNews = revision > revisions.synced && revision <= revisions.local
  return isNews ? { ...revisions, synced: revision } : revisions
}

/**
 * What a report means for the promise: it stands until the gateway has heard of it, so that neither a lost message nor a
 * killed server takes back what was answered. A later change at the console is none of its business.
 */
export function promiseAfterReport(promised: AgreedRevision, { local, synced }: LocalRevisions): AgreedRevision {
  return promised !== null && promised === local && promised > synced ? promised : null
}

export function localStatus({ local, synced }: LocalRevisions, promised: AgreedRevision): SynStatus {
  if (local === synced) return 'Synchronized'
  return promised === local ? 'Synchronizing' : 'Unsynchronized'
}

/** What is known of one gateway's configuration; revisions are those of the instance it is bound to. */
export interface ConfigKnowledge {
  readonly local: SynStatus
  /** The newest one. */
  readonly desired: number
  /** The one it said is in force; 0: none of this instance. */
  readonly reported: number
  readonly onTrial: boolean
  /** Its system does not take it. */
  readonly failing: boolean
  /** The one it gave up last. */
  readonly reverted: number | undefined
  /** The newest has a part that its program does not know. */
  readonly unknown: boolean
}

/** Why a gateway does not hold exactly what it should. */
export type Difference =
  | 'local-change'
  | 'taking-over'
  | 'reverted'
  | 'on-its-way'
  | 'failing'
  | 'on-trial'
  | 'unsupported'

/** The first that applies. A person can settle the first, the third and the last; the others pass by themselves. */
export function differenceOf(known: ConfigKnowledge): Difference | undefined {
  if (known.local === 'Unsynchronized') return 'local-change'
  if (known.local === 'Synchronizing') return 'taking-over'
  if (known.reverted === known.desired && known.reported !== known.desired) return 'reverted'
  if (known.reported !== known.desired) return 'on-its-way'
  if (known.failing) return 'failing'
  if (known.onTrial) return 'on-trial'
  return known.unknown ? 'unsupported' : undefined
}

const statusOf = {
  'local-change': 'Unsynchronized',
  'taking-over': 'Synchronizing',
  reverted: 'Unsynchronized',
  'on-its-way': 'Synchronizing',
  failing: 'Synchronizing',
  'on-trial': 'Synchronizing',
  unsupported: 'Unsynchronized',
} as const satisfies Record<Difference, SynStatus>

export function synStatus(known: ConfigKnowledge): SynStatus {
  const difference = differenceOf(known)
  return difference === undefined ? 'Synchronized' : statusOf[difference]
}
