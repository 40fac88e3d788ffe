import { type Answer, ApiError } from '@opensag/smartag-client'
import { clock } from '../../app/clock.ts'
import { region } from '../../app/region.svelte.ts'
import { callByName, session } from '../../app/session.svelte.ts'
import type { Draft } from '../../branch/draft.ts'
import { forgetDraft, keepDraft, keptDraft, type Tab } from '../../branch/kept-draft.ts'
import { madeBy, nextStep, type Step, type StepName, stepOf } from '../../branch/making.ts'
import { lookUp, standbyOf } from './look-up.ts'

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
      const known = this.#draft.made.sent === name ? await lookUp(name, this.#draft) : undefined
      const step = stepOf(name, this.#draft, name === 'one' ? await standbyOf(this.#draft) : '')
      const answer = known ?? (await this.#send(step))
      // Kept at once: what was made must not be made twice, whatever comes next.
      this.change({ made: madeBy(step, answer, this.#draft) })
      return true
    } catch (error) {
      this.#failure = { step: name, error }
      return false
    }
  }

  async #send({ name, operation, params }: Step): Promise<Answer> {
    const { sent: _sent, sentAt: _sentAt, ...before } = this.#draft.made
    this.change({ made: { ...before, sent: name, sentAt: clock.now() } })
    try {
      return await callByName('Smartag', operation, params)
    } catch (error) {
      // It was refused: it was not done.
      if (error instanceof ApiError) this.change({ made: before })
      throw error
    }
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
