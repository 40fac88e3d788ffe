/** What an operator's metrics and log may want to know of a store. */
export type StoreEvent =
  /** So many units of work became durable with one commit; milliseconds from the begin of their group, where it is measured. */
  | { readonly kind: 'committed'; readonly works: number; readonly tookMs?: number }
  /** So many units of work were undone together, because of this error of the database. */
  | { readonly kind: 'commit-failed'; readonly works: number; readonly error: unknown }
  /** A defect: a unit of work awaited something other than the store for too long and was undone. */
  | { readonly kind: 'unfinished-work'; readonly unit: 'read' | 'write' }
  /** So many units of work are run again together, because of this error of one of them or of the database. */
  | { readonly kind: 'repeated'; readonly works: number; readonly error: unknown }
  /** A defect: units of work touched more than they keep to, or could not be done together. Each is run again in order. */
  | { readonly kind: 'not-merged'; readonly works: number; readonly error: unknown }
  /** So many used nonces are kept that no more are taken, until some have expired. Said once each time. */
  | { readonly kind: 'nonces-full'; readonly most: number }
  /** The nonces of the last calls stay a row each: a start takes longer. It is tried again. */
  | { readonly kind: 'nonces-not-folded'; readonly error: unknown }
  /** A connection to the database broke, or could not be made; it is tried again. */
  | { readonly kind: 'connection-lost'; readonly error: unknown }
