import type { ParamsOf, ResultOf } from '@opensag/smartag-client'
import type { FleetRow } from '../fleet/row.ts'
import { call, session } from './session.svelte.ts'

/** Rows in one answer: few round trips, and no answer so large that the page stands still while it is read. */
const pageSize = 5000

/** A fleet up to this size is looked at whole each time; of a larger one only what is in sight is. */
const small = 2000

/** Every look is in the audit: often enough to be live, and not more. */
const everyMs = { small: 10_000, sight: 5_000, whole: 60_000 } as const

/** The fleet as last heard, for every screen that shows any of it. */
class FleetView {
  #rows = $state.raw<readonly FleetRow[]>([])
  #byId = $derived(new Map(this.#rows.map((row) => [row.SmartAGId, row])))
  #total = $state<number | undefined>()
  #error = $state.raw<unknown>()
  #complete = $state(false)
  #inPart = $state(false)
  #owner: unknown
  #loadedAt = 0
  #flight: Promise<void> | undefined

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
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible') return
      const age = Date.now() - this.#loadedAt
      if (age >= (this.#rows.length <= small ? everyMs.small : everyMs.whole)) void this.reload()
      else if (this.#rows.length > small) void this.#refresh(inSight())
    }, everyMs.sight)
    return () => clearInterval(timer)
  }

  /** For who looks at it in passing: what is known, when it is not older than a minute. */
  async recent(): Promise<void> {
    if (this.#owner !== session.current) this.#forget()
    if (!this.#complete || Date.now() - this.#loadedAt >= everyMs.whole) await this.reload()
  }

  /** Hears of all of it again. Somebody who asks while that happens gets the same answer. */
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
      const heard: FleetRow[] = []
      let token: string | undefined
      do {
        const params: ParamsOf<'ListFleet'> = { MaxResults: pageSize, NextToken: token }
        const page: ResultOf<'ListFleet'> = await call('OpenSAG', 'ListFleet', params)
        if (owner !== session.current) return
        heard.push(...(page.Instances as readonly FleetRow[]))
        token = page.NextToken
        this.#total = page.TotalCount
        this.#inPart = page.InPart === true
        // The first time there is nothing else to show; later a half list would make rows vanish and come back.
        if (!this.#complete) this.#rows = [...heard]
      } while (token !== undefined)
      this.#rows = heard
      this.#complete = true
      this.#error = undefined
    } catch (error) {
      this.#error = error
    }
    this.#loadedAt = Date.now()
  }

  async #refresh(ids: readonly string[]): Promise<void> {
    if (ids.length === 0 || this.#flight !== undefined) return
    try {
      const { Instances } = await call('OpenSAG', 'ListFleet', { SmartAGIds: ids, MaxResults: ids.length })
      const fresh = new Map((Instances as readonly FleetRow[]).map((row) => [row.SmartAGId, row]))
      const changed = this.#rows.some((row) => {
        const now = fresh.get(row.SmartAGId)
        return now !== undefined && JSON.stringify(now) !== JSON.stringify(row)
      })
      if (changed) this.#rows = this.#rows.map((row) => fresh.get(row.SmartAGId) ?? row)
    } catch (error) {
      this.#error = error
    }
  }

  #forget(): void {
    this.#rows = []
    this.#total = undefined
    this.#complete = false
    this.#inPart = false
    this.#error = undefined
  }
}

export const fleet = new FleetView()
