import type { Decision, HeldChange, JournalOutcome, KnownGateway, LastChange, Recorded } from '@opensag/protocol'

/** What the server's store holds of the one gateway: its row, and the journal of changes. Both nodes share it. */
export interface Store {
  row: Row
  journal: Map<string, JournalOutcome>
  /** Generations go on above it; set by a restore in order. */
  floor: number
  /** How the next unit of work fails: before it is applied, or after, when its outcome is lost. */
  fault: 'none' | 'before' | 'after'
}

export interface Row extends KnownGateway {
  readonly enrolmentKey: number
  readonly node: number | undefined
  readonly generation: number
  readonly held: Held | undefined
  /** What it held before it learnt of a later change. */
  readonly aside: Held | undefined
  /** The change the operator has ordered to be taken back. */
  readonly takenBack: string | undefined
}

/** The last change that succeeded, the box that proved it, and its deposit. */
export interface Held {
  readonly changeId: string
  readonly generation: number
  readonly keys: string
  /** Undefined: it was learnt from a gateway of an older version. */
  readonly hash: string | undefined
}

export class StoreFailed extends Error {
  override readonly name = 'StoreFailed'
}

/** Made once: they are expected often, and making an error is most of what it costs. */
const failedBefore = new StoreFailed('The store failed a write.')
const failedAfter = new StoreFailed('The store failed after a write.')

/** One unit of work: all of it or nothing; when it fails "after", it happened and nobody knows. */
export function unitOfWork<T>(store: Store, work: () => T): T {
  const { fault } = store
  store.fault = 'none'
  if (fault === 'before') throw failedBefore
  const result = work()
  if (fault === 'after') throw failedAfter
  return result
}

/** The same rules as the server's: its SQL, and what it puts into one unit of work. */
export interface StoreRules {
  /** Compare and set from `requested`. */
  move(store: Store, changeId: string, outcome: Decision): { readonly decided: Decision; readonly moved: boolean }
  takeOffline(store: Store): void
  /** The change these keys were proved to hold last, and its deposit; one without a deposit counts for nothing. */
  lastOf(store: Store, keys: string): { readonly last: LastChange; readonly hash: string | undefined }
  /** That is still this one. */
  isStillLast(store: Store, keys: string, changeId: string | undefined): boolean
  recordedOf(store: Store, keys: string, changeId: string | undefined): Recorded
  /** The store learns of a change from its gateway; false when `last` is not so any more. */
  adopt(
    store: Store,
    keys: string,
    adopted: HeldChange & { readonly hash: string | undefined },
    last: LastChange,
  ): boolean
  /** The operator's word; the change that is taken back, or undefined when nothing is kept aside. */
  takeBack(store: Store): string | undefined
  floorOf(store: Store): number
  /** A gateway reports this change as unsettled: an entry that is open fails, and the gateway counts as not connected. */
  failReported(store: Store, changeId: string): Decision
  /** A gateway is settled: nobody will send it what was undecided until now. */
  failAll(store: Store): void
  /**
   * Undecided changes that this node, or nobody, would have to attend to and does not. Unless it has the gateway's
   * connection, a row that says so is of an older one, and goes with them.
   */
  failUnattended(store: Store, node: number, attended: readonly string[], isConnected: boolean): void
}

export const storeRules: StoreRules = {
  move(store, changeId, outcome) {
    const now = store.journal.get(changeId)
    if (now !== 'requested') return { decided: now ?? 'failed', moved: false }
    store.journal.set(changeId, outcome)
    return { decided: outcome, moved: true }
  },
  takeOffline(store) {
    store.row = { ...store.row, node: undefined }
  },
  lastOf({ row: { held } }, keys) {
    if (held?.keys !== keys || held.hash === undefined) return { last: undefined, hash: undefined }
    return { last: { changeId: held.changeId, generation: held.generation }, hash: held.hash }
  },
  isStillLast(store, keys, changeId) {
    return storeRules.lastOf(store, keys).last?.changeId === changeId
  },
  recordedOf({ row: { held, takenBack }, journal }, keys, changeId) {
    if (changeId === undefined || (held?.keys === keys && held.changeId === changeId)) return 'known'
    if (takenBack === changeId) return 'taken-back'
    return journal.get(changeId) === 'succeeded' ? 'known' : 'unknown'
  },
  adopt(store, keys, adopted, last) {
    if (!storeRules.isStillLast(store, keys, last?.changeId)) return false
    const { row } = store
    const generation = Math.max(row.generation, adopted.generation)
    store.row = { ...row, generation, aside: row.held, held: { ...adopted, keys } }
    return true
  },
  takeBack(store) {
    const { held, aside } = store.row
    if (held === undefined || aside?.hash === undefined || aside.keys !== held.keys) return undefined
    store.row = { ...store.row, held: aside, aside: undefined, takenBack: held.changeId }
    storeRules.failAll(store)
    storeRules.takeOffline(store)
    return held.changeId
  },
  floorOf: ({ floor }) => floor,
  failAll(store) {
    for (const [changeId, outcome] of store.journal) if (outcome === 'requested') store.journal.set(changeId, 'failed')
  },
  failReported(store, changeId) {
    const { decided, moved } = storeRules.move(store, changeId, 'failed')
    if (moved) storeRules.takeOffline(store)
    return decided
  },
  failUnattended(store, node, attended, isConnected) {
    if (store.row.node !== undefined && store.row.node !== node) return
    if (!isConnected) this.takeOffline(store)
    for (const [changeId, outcome] of store.journal) {
      if (outcome === 'requested' && !attended.includes(changeId)) store.journal.set(changeId, 'failed')
    }
  },
}
