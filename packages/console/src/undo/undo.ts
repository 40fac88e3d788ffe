import type { Answer, Params, Product } from '@opensag/smartag-client'

export interface Call {
  readonly product: Product
  readonly operation: string
  readonly params: Params
}

/** What a change is about, by names of its own; an empty text is nothing. */
export type State = Readonly<Record<string, string>>

/** How a change of one operation is undone. */
export interface Way {
  /** What tells the state it changes. */
  look(sent: Params): Call
  /** That state; undefined where the answer does not tell it. */
  seen(answer: Answer, sent: Params): State | undefined
  /** What the call makes of it. */
  made(sent: Params): State
  /** What brings back exactly what was; undefined where nothing does. */
  back(sent: Params, before: State, answer: Answer): readonly Call[] | undefined
}

/** A change that was made, and how it is undone. */
export interface Undo {
  readonly look: Call
  readonly seen: (answer: Answer) => State | undefined
  readonly made: State
  readonly back: readonly Call[]
}

export type Ask = (call: Call) => Promise<Answer>

/** How the call is undone, from what was before it; undefined where it is not, and where nothing changes. */
export function undoOf(way: Way, sent: Params, before: State, answer: Answer): Undo | undefined {
  const made = way.made(sent)
  if (isSame(before, made)) return undefined
  const back = way.back(sent, before, answer)
  if (back === undefined || back.length === 0) return undefined
  return { look: way.look(sent), seen: (later) => way.seen(later, sent), made, back }
}

/**
 * Undoes a change, unless somebody has made another one of the same since: then it tells so by `false`.
 *
 * @param onpart hears of each call that was made
 */
export async function takeBack({ look, seen, made, back }: Undo, ask: Ask, onpart?: () => void): Promise<boolean> {
  const now = seen(await ask(look))
  if (now === undefined || !isSame(now, made)) return false
  for (const call of back) {
    await ask(call)
    onpart?.()
  }
  return true
}

/** Whether a state has what a change makes. Blanks around the items of a list say nothing. */
function isSame(state: State, made: State): boolean {
  return Object.entries(made).every(([name, value]) => withoutBlanks(state[name] ?? '') === withoutBlanks(value))
}

function withoutBlanks(text: string): string {
  return text
    .split(',')
    .map((item) => item.trim())
    .join(',')
}

/** A value of a call or an answer, as a text. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  return Array.isArray(value) ? value.join(',') : String(value)
}
