/** What an operator's metrics and log may want to know of a store. */
export type StoreEvent =
  /** So many units of work became durable with one commit; milliseconds from the begin of their group, where it is measured. */
  | { readonly kind: 'committed'; readonly works: number; readonly tookMs?: number }
  /** So many units of work were undone together, because of this error of the database. */
  | { readonly kind: 'commit-failed'; readonly works: number; readonly error: unknown }
  /** A defect: a unit of work awaited something other than the store for too long and was undone. */
  | { readonly kind: 'unfinished-work'; readonly unit: 'read' | 'write' }
  /** A unit of work met another one and is run again; `attempt` counts from 1. */
  | { readonly kind: 'conflict'; readonly attempt: number; readonly error: unknown }
  /** So many used nonces are kept that no more are taken, until some have expired. Said once each time. */
  | { readonly kind: 'nonces-full'; readonly most: number }
  /** The nonces of the last calls stay a row each: a start takes longer. It is tried again. */
  | { readonly kind: 'nonces-not-folded'; readonly error: unknown }
  /** An idle connection to the database broke; the next unit of work makes a new one. */
  | { readonly kind: 'connection-lost'; readonly error: unknown }
