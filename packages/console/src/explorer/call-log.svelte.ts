import { remember, remembered } from '../app/remembered.ts'
import { session } from '../app/session.svelte.ts'
import {
  type FilledCall,
  type LoggedCall,
  longestList,
  readLogged,
  readSaved,
  type SavedCall,
  withCall,
  withSaved,
} from './call-log.ts'
import type { AnswerFormat, RunRecord } from './run.ts'

/** An answer, while the page is open: it may hold a new key, and is in no store of the browser. */
export interface KeptAnswer {
  readonly text: string
  readonly format: AnswerFormat
}

/** Characters of all answers together that the page remembers. */
const mostAnswered = 20_000_000

const isShort = (text: string): text is string => text.length <= longestList

function keptCalls(): readonly LoggedCall[] | undefined {
  const text = remembered('explorer.calls', isShort)
  return text === undefined ? undefined : readLogged(text)
}

function keptSaved(): readonly SavedCall[] | undefined {
  const text = remembered('explorer.saved', isShort)
  return text === undefined ? undefined : readSaved(text)
}

/** The calls that were made in the Explorer, and those that were given a name. Kept in the browser, answers in the page only. */
class CallLog {
  #calls = $state.raw<readonly LoggedCall[]>(keptCalls() ?? [])
  #saved = $state.raw<readonly SavedCall[]>(keptSaved() ?? [])
  #answers = $state.raw<ReadonlyMap<string, KeptAnswer>>(new Map())
  /** Whose answers they are: nobody who logs on later in the same page sees them. */
  #owner: unknown

  /** Of whoever is logged on, the newest first. */
  get calls(): readonly LoggedCall[] {
    return this.#calls.filter(({ arn }) => arn === session.current?.arn)
  }

  get saved(): readonly SavedCall[] {
    return this.#saved.filter(({ arn }) => arn === session.current?.arn)
  }

  answerOf(id: string): KeptAnswer | undefined {
    const answer = this.#answers.get(id)
    return this.#owner === session.current ? answer : undefined
  }

  /** Writes a call down. Returns its id. */
  add(call: FilledCall, { status, code = '', milliseconds, answer, format }: RunRecord, at: number): string {
    const { current } = session
    const id = crypto.randomUUID()
    const logged = { ...call, id, arn: current?.arn ?? '', at, status, code, milliseconds: Math.round(milliseconds) }
    // Another tab may have written meanwhile.
    this.#calls = withCall(keptCalls() ?? this.#calls, logged)
    remember('explorer.calls', JSON.stringify(this.#calls))
    if (this.#owner !== current) this.#answers = new Map()
    this.#owner = current
    this.#answers = bounded([[id, { text: answer, format }], ...this.#answers], this.#calls)
    return id
  }

  forget(): void {
    this.#calls = (keptCalls() ?? this.#calls).filter(({ arn }) => arn !== session.current?.arn)
    this.#answers = new Map()
    remember('explorer.calls', JSON.stringify(this.#calls))
  }

  save(call: FilledCall, name: string): void {
    this.#keep(withSaved(keptSaved() ?? this.#saved, { ...call, name, arn: session.current?.arn ?? '' }))
  }

  remove({ name, arn }: SavedCall): void {
    this.#keep((keptSaved() ?? this.#saved).filter((one) => one.name !== name || one.arn !== arn))
  }

  #keep(saved: readonly SavedCall[]): void {
    this.#saved = saved
    remember('explorer.saved', JSON.stringify(saved))
  }
}

/** The newest answers that fit, of calls that are still in the list. */
function bounded(
  answers: readonly (readonly [string, KeptAnswer])[],
  calls: readonly LoggedCall[],
): ReadonlyMap<string, KeptAnswer> {
  const known = new Set(calls.map(({ id }) => id))
  let size = 0
  return new Map(
    answers.filter(([id, { text }]) => {
      size += text.length
      return known.has(id) && size <= mostAnswered
    }),
  )
}

export const callLog = new CallLog()
