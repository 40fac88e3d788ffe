import { region } from '../../app/region.svelte.ts'
import { call, callByName, session } from '../../app/session.svelte.ts'
import type { Draft } from '../../branch/draft.ts'
import { forgetDraft, keepDraft, keptDraft, type Tab } from '../../branch/kept-draft.ts'
import { madeBy, nextStep, type StepName, stepOf } from '../../branch/making.ts'

/** What is answered and what was done of it: in the tab too, so that neither a reload nor the end of a session loses it. */
export class Wizard {
  #draft = $state.raw<Draft>(keptDraft(tab(), session.current?.accountId ?? '', region.current))
  #busy = $state(false)
  #failure = $state.raw<{ readonly step: StepName; readonly error: unknown } | undefined>()

  get draft(): Draft {
    return this.#draft
  }

  get busy(): boolean {
    return this.#busy
  }

  /** Where it stopped, and why. */
  get failure(): { readonly step: StepName; readonly error: unknown } | undefined {
    return this.#failure
  }

  change(changes: Partial<Draft>): void {
    this.#draft = { ...this.#draft, ...changes }
    keepDraft(tab(), this.#draft)
  }

  /** Forgets the answers; what was made stays. */
  startOver(): void {
    forgetDraft(tab())
    this.#draft = keptDraft(undefined, session.current?.accountId ?? '', region.current)
    this.#failure = undefined
  }

  /** Takes the steps that are still to be taken, one after the other. Answers whether all of them are done. */
  async make(): Promise<boolean> {
    if (this.#busy) return false
    this.#busy = true
    this.#failure = undefined
    try {
      for (let name = nextStep(this.#draft); name !== undefined; name = nextStep(this.#draft)) {
        if (!(await this.#take(name))) return false
      }
      return true
    } finally {
      this.#busy = false
    }
  }

  async #take(name: StepName): Promise<boolean> {
    try {
      const step = stepOf(name, this.#draft, name === 'one' ? await this.#standby() : '')
      const answer = await callByName('Smartag', step.operation, step.params)
      // Kept at once: what was made must not be made twice, whatever comes next.
      this.change({ made: madeBy(step, answer, this.#draft) })
      return true
    } catch (error) {
      this.#failure = { step: name, error }
      return false
    }
  }

  /** The second image of a vCPE: a branch of one machine does without. */
  async #standby(): Promise<string> {
    const { regionId, made } = this.#draft
    const place = { RegionId: regionId, SmartAGId: made.instanceId ?? '' }
    const { Devices } = await call('Smartag', 'DescribeSmartAccessGatewayAttribute', place)
    return Devices.Device.find(({ HaState }) => HaState === 'Standby')?.SerialNumber ?? ''
  }
}

function tab(): Tab | undefined {
  try {
    return globalThis.sessionStorage
  } catch (error) {
    // A browser that blocks storage says so by this error; anything else is a defect.
    if (error instanceof DOMException && error.name === 'SecurityError') return undefined
    throw error
  }
}
