import type { ResultOf } from '@opensag/smartag-client'
import { type FleetAnswer, FleetCopy } from '../fleet/copy.ts'
import type { FleetRow } from '../fleet/row.ts'
import { call, session } from './session.svelte.ts'

/** Rows in one answer: few round trips, and no answer so large that the page stands still while it is read. */
const pageSize = 5000

/** A fleet up to this size is looked at whole each time; of a larger one only what is in sight is. */
const small = 2000

/** Every look is in the audit: often enough to be live, and not more. */
const everyMs = { small: 10_000, sight: 5_000, restingSight: 20_000, whole: 60_000 } as const

/** Nobody has touched the page for so long: what is in sight is looked at less often. */
const restingMs = 30_000

/** The fleet as last heard, for every screen that shows any of it. Asked for again, only what has changed comes. */
class FleetView {
  #rows = $state.raw<readonly FleetRow[]>([])
  #byId = $derived(new Map(this.#rows.map((row) => [row.SmartAGId, row])))
  #total = $state<number | undefined>()
  #error = $state.raw<unknown>()
  #complete = $state(false)
  #inPart = $state(false)
  #owner: unknown
  #loadedAt = 0
  #seenAt = 0
  #touchedAt = 0
  #flight: Promise<void> | undefined
  #copy = new FleetCopy()
  /** Of the rows in sight only, and of which. */
  #sight = { ids: '', since: '0' }

  get rows(): readonly FleetRow[] {
    return this.#rows
  }

  get byId(): ReadonlyMap<string, FleetRow> {
    return this.#byId
  }

  /** How many there are, known before all of them have come. */
  get total(): number | undefined {
    return this.#total
  }

  /** Every instance has been heard of at least once. */
  get complete(): boolean {
    return this.#complete
  }

  /** Policies leave some out, perhaps: what is not here may be there nevertheless. */
  get inPart(): boolean {
    return this.#inPart
  }

  get error(): unknown {
    return this.#error
  }

  /** Keeps it current while a screen shows it; `inSight` names the rows somebody looks at. Returns how to stop. */
  watch(inSight: () => readonly string[]): () => void {
    if (this.#owner !== session.current) this.#forget()
    void this.reload()
    const touched = (): void => {
      this.#touchedAt = Date.now()
    }
    touched()
    for (const kind of touches) addEventListener(kind, touched, { capture: true, passive: true })
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible' || session.lapsed) return
      const now = Date.now()
      const isSmall = this.#rows.length <= small
      const sightMs = now - this.#touchedAt < restingMs ? everyMs.sight : everyMs.restingSight
      if (now - this.#loadedAt >= (isSmall ? everyMs.small : everyMs.whole)) void this.reload()
      else if (!isSmall && now - this.#seenAt >= sightMs) void this.#refresh(inSight())
    }, everyMs.sight)
    return () => {
      clearInterval(timer)
      for (const kind of touches) removeEventListener(kind, touched, { capture: true })
    }
  }

  /** For who looks at it in passing: what is known, when it is not older than a minute. */
  async recent(): Promise<void> {
    if (this.#owner !== session.current) this.#forget()
    if (!this.#complete || Date.now() - this.#loadedAt >= everyMs.whole) await this.reload()
  }

  /** Hears what has changed in all of it. Somebody who asks while that happens gets the same answer. */
  reload(): Promise<void> {
    this.#flight ??= this.#load().finally(() => {
      this.#flight = undefined
    })
    return this.#flight
  }

  async #load(): Promise<void> {
    const owner = session.current
    this.#owner = owner
    try {
      for (let more = true; more; ) {
        const answer: ResultOf<'ListFleet'> = await call('OpenSAG', 'ListFleet', {
          MaxResults: pageSize,
          Since: this.#copy.since,
        })
        if (owner !== session.current) return
        more = answer.More === true
        this.#copy.take(answer as FleetAnswer)
        this.#total = answer.TotalCount
        this.#inPart = answer.InPart === true
        // The first time there is nothing else to show; later a half list would make rows vanish and come back.
        if (!this.#complete || !more) this.#rows = this.#copy.rows
      }
      this.#complete = true
      this.#error = undefined
    } catch (error) {
      this.#error = error
    }
    this.#loadedAt = Date.now()
    this.#seenAt = this.#loadedAt
  }

  async #refresh(inSight: readonly string[]): Promise<void> {
    if (inSight.length === 0 || this.#flight !== undefined) return
    this.#seenAt = Date.now()
    const SmartAGIds = inSight.toSorted()
    const ids = SmartAGIds.join()
    const since = ids === this.#sight.ids ? this.#sight.since : '0'
    try {
      const answer = await call('OpenSAG', 'ListFleet', { SmartAGIds, MaxResults: pageSize, Since: since })
      // Heard of meanwhile, it may be newer.
      if (this.#flight !== undefined) return
      this.#sight = { ids, since: answer.Since ?? '0' }
      const fresh = new Map((answer.Instances as readonly FleetRow[]).map((row) => [row.SmartAGId, row]))
      const changed = this.#rows.some((row) => {
        const now = fresh.get(row.SmartAGId)
        return now !== undefined && JSON.stringify(now) !== JSON.stringify(row)
      })
      // Only shown: what the copy has must stay what its token is about.
      if (changed) this.#rows = this.#rows.map((row) => fresh.get(row.SmartAGId) ?? row)
    } catch (error) {
      this.#error = error
    }
  }

  #forget(): void {
    this.#rows = []
    this.#copy = new FleetCopy()
    this.#sight = { ids: '', since: '0' }
    this.#total = undefined
    this.#complete = false
    this.#inPart = false
    this.#error = undefined
  }
}

const touches = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart'] as const

export const fleet = new FleetView()
