/** One entry of the audit trail as it is forwarded: the line as the server exported it, and what its envelope needs. */
export interface Entry {
  /** Its number in the trail, which tells one that is sent again. */
  readonly id: number
  /** ISO 8601. */
  readonly at: string
  readonly action: string
  readonly outcome: string
  /** One line of JSON. */
  readonly text: string
}

/** Entries that the server deleted before they were forwarded: those behind `after`, up to and with `through`. */
export interface Gap {
  readonly after: number
  readonly through: number
}

export interface Batch {
  /** Names the trail: after a restore the server gives numbers out again, and the trail has another name. */
  readonly trail: string
  /** What is missing before the first entry. */
  readonly gap?: Gap | undefined
  readonly entries: readonly Entry[]
}

/** Takes a batch to where it is wanted. */
export interface Target {
  /**
   * Resolves once the other side has the batch. When `signal` is aborted, it ends at once.
   * @throws when that is not certain: then the batch is sent again
   */
  deliver(batch: Batch, signal: AbortSignal): Promise<void>
}

/** @throws when the server sent something else */
export function entryOf(parsed: Readonly<Record<string, unknown>>, text: string): Entry {
  const { id, at, action, outcome } = parsed
  if (typeof id !== 'number' || typeof at !== 'string') throw new Error('The server exported a line that is no entry.')
  return { id, at, action: String(action ?? ''), outcome: String(outcome ?? ''), text }
}
