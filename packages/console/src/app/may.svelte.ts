import { call, session } from './session.svelte.ts'

/** A call that somebody may want to make. */
export interface Wish {
  readonly action: string
  /** What it would be about, by ARN; `*` of what is granted on everything. */
  readonly resource: string
}

/** What is missing for it. */
export interface Lack extends Wish {
  readonly express: boolean
}

/** Questions of one call: the server takes no more. */
export const mostQuestions = 50
/** How long an answer is believed: policies change. */
const believedMs = 60_000

/** Undefined: it is allowed. */
interface Known {
  readonly lack: Lack | undefined
  readonly at: number
}

/**
 * What the server says the caller may do. It is advice for how controls are drawn: what is not known counts as allowed, and the
 * server decides each call.
 */
class May {
  #known = $state.raw<ReadonlyMap<string, Known>>(new Map())
  #owner: unknown
  #waiting = new Map<string, Wish>()

  /** What is missing for a call; undefined where it is allowed, or nobody has heard yet. */
  lackOf(wish: Wish): Lack | undefined {
    // Read whatever the owner is, or nobody would hear of the answer.
    const known = this.#known.get(keyOf(wish))
    return this.#owner === session.current ? known?.lack : undefined
  }

  /** Asks for what is not known yet. What a screen asks at once goes in one call. */
  ask(wishes: readonly Wish[]): void {
    if (session.current === undefined) return
    if (this.#owner !== session.current) {
      this.#owner = session.current
      this.#known = new Map()
      this.#waiting.clear()
    }
    const isFirst = this.#waiting.size === 0
    for (const wish of wishes) {
      const known = this.#known.get(keyOf(wish))
      if (known === undefined || Date.now() - known.at > believedMs) this.#waiting.set(keyOf(wish), wish)
    }
    if (isFirst && this.#waiting.size > 0) setTimeout(() => void this.#flush())
  }

  async #flush(): Promise<void> {
    const owner = this.#owner
    const wishes = [...this.#waiting.values()]
    this.#waiting.clear()
    for (let at = 0; at < wishes.length; at += mostQuestions) {
      const asked = wishes.slice(at, at + mostQuestions)
      try {
        const { Decisions } = await call('OpenSAG', 'EvaluateOwnAccess', {
          Question: asked.map(({ action, resource }) => ({ ActionName: action, ResourceName: resource })),
        })
        if (owner !== session.current) return
        this.#known = new Map([
          ...this.#known,
          ...asked.map((wish, index) => [keyOf(wish), { lack: lackIn(Decisions[index]), at: Date.now() }] as const),
        ])
      } catch {
        // Advice that does not come is no reason to keep anybody from trying.
        return
      }
    }
  }
}

interface Decision {
  readonly Effect?: string | undefined
  readonly Reason?: string | undefined
  readonly MissingAction?: string | undefined
  readonly MissingResource?: string | undefined
}

export function lackIn(decision: Decision | undefined): Lack | undefined {
  if (decision?.Effect !== 'Deny') return undefined
  const { MissingAction = '', MissingResource = '*', Reason } = decision
  return { action: MissingAction, resource: MissingResource, express: Reason === 'ExplicitDeny' }
}

function keyOf({ action, resource }: Wish): string {
  return `${action} ${resource}`
}

export const may = new May()

/** The name of an instance or a network in policies. */
export function arnOf(type: 'smartag' | 'ccn', id: string, regionId: string): string {
  return `acs:smartag:${regionId}:${session.current?.accountId ?? '*'}:${type}/${id}`
}
