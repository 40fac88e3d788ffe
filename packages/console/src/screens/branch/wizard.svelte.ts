import { type Answer, ApiError } from '@opensag/smartag-client'
import { clock } from '../../app/clock.ts'
import { region } from '../../app/region.svelte.ts'
import { callByName, session } from '../../app/session.svelte.ts'
import { type Draft, emptyDraft, isWhole } from '../../branch/draft.ts'
import { madeBy, nextStep, type Step, type StepName, stepOf } from '../../branch/making.ts'
import { FormDraft } from '../../drafts/form-draft.svelte.ts'
import { lookUp, standbyOf } from './look-up.ts'

/** What is answered and what was done of it. */
export class Wizard {
  // Without a region, so that the one that was chosen is always among what is kept.
  readonly #kept = new FormDraft('branch', '', emptyDraft(accountId(), ''))
  #draft = $state.raw<Draft>(restored(this.#kept.restored))
  #busy = $state(false)
  #failure = $state.raw<{ readonly step: StepName; readonly error: unknown } | undefined>()

  get draft(): Draft {
    return this.#draft
  }

  /** When the answers were typed that were there at the beginning. */
  get restoredAt(): number | undefined {
    return this.#kept.at
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
    this.#kept.keep(this.#draft)
  }

  /** Forgets the answers; what was made stays. */
  startOver(): void {
    this.#kept.forget()
    this.#draft = restored({})
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

function accountId(): string {
  return session.current?.accountId ?? ''
}

function restored(kept: Partial<Draft>): Draft {
  const draft = { ...emptyDraft(accountId(), region.current), ...kept }
  return isWhole(draft) ? draft : emptyDraft(accountId(), region.current)
}
