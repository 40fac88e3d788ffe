import type { Parts } from '../fleet/parts.ts'
import { type AuditPlace, type AuditWindow, auditEvents, type StoredAuditEntry } from './audit.ts'
import type { Found } from './facts/found.ts'
import { factsOf } from './facts/index.ts'
import type { FactsKey } from './facts/subject.ts'
import { type AuditConditions, type SearchPage, type SearchWindow, searchAudit } from './search.ts'

/** Events that are read at a time, and at most for one page. */
const chunk = 500
const mostLookedAt = 5000

export interface AuditPage {
  readonly events: readonly StoredAuditEntry[]
  /** Where to go on; undefined when everything in the window has been looked at. */
  readonly next: AuditPlace | undefined
}

/** The audit trail, as it is read. */
export class AuditTrail {
  readonly #parts: Parts

  /** @param parts how it is read where a page may look at very many events */
  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** What entries show of a stored thing, in the state of this unit of work. */
  facts(key: FactsKey): Promise<Found | undefined> {
    return this.#parts.read((db) => factsOf(db, key))
  }

  /** The next events, the newest first, that fulfil the conditions and are wanted. A page can be short, or empty, and still go on. */
  search(
    window: SearchWindow,
    conditions: AuditConditions,
    isWanted: (event: StoredAuditEntry) => boolean,
  ): Promise<SearchPage> {
    return searchAudit(this.#parts, window, conditions, isWanted)
  }

  /**
   * The next events of a window that are wanted. A page can have fewer than `size`, even none, and still go on: what is
   * looked at for it is bounded, however rare the wanted ones are.
   */
  async page(window: AuditWindow, isWanted: (event: StoredAuditEntry) => boolean): Promise<AuditPage> {
    const events: StoredAuditEntry[] = []
    let behind = window.behind
    for (let lookedAt = 0; lookedAt < mostLookedAt; lookedAt += chunk) {
      await this.#parts.pause()
      const after = behind
      const found = await this.#parts.read((db) => auditEvents(db, { ...window, behind: after, size: chunk }))
      for (const event of found) {
        if (isWanted(event)) {
          if (events.length === window.size) return { events, next: behind }
          events.push(event)
        }
        behind = { at: event.at, id: event.id }
      }
      if (found.length < chunk) return { events, next: undefined }
    }
    return { events, next: behind }
  }
}
