import { type Answer, ApiError, Unreachable } from '@opensag/smartag-client'
import { isDenied } from '../app/denied.ts'
import { messageOf } from '../app/explain.ts'
import { language } from '../app/language.svelte.ts'
import { callByName, session } from '../app/session.svelte.ts'
import { type Said, toasts } from '../ui/toasts.svelte.ts'
import { undoTexts } from './undo.texts.ts'
import { type Ask, type Call, type State, takeBack, type Undo, undoOf } from './undo.ts'
import { ways } from './ways.ts'

const ask: Ask = ({ product, operation, params }) => callByName(product, operation, params)

/** What sessions may not read before a change. Each refusal is in the audit, so it is asked once. */
const denied = new WeakMap<object, Set<string>>()

/** Makes a change, and tells how it is undone where it can be: its state is read before. */
export async function change(call: Call): Promise<{ readonly answer: Answer; readonly undo: Undo | undefined }> {
  const { current } = session
  const before = await stateBefore(call)
  // Whoever began it may be gone meanwhile: it is nobody else's change.
  if (session.current !== current) throw new DOMException('Somebody else is logged on.', 'AbortError')
  const answer = await ask(call)
  const way = ways.get(call.operation)
  return { answer, undo: before && way && undoOf(way, call.params, before, answer) }
}

async function stateBefore({ operation, params }: Call): Promise<State | undefined> {
  const way = ways.get(operation)
  const { current } = session
  if (way === undefined || current === undefined) return undefined
  const look = way.look(params)
  if (denied.get(current)?.has(look.operation) === true) return undefined
  try {
    return way.seen(await ask(look), params)
  } catch (error) {
    // The change is made all the same; it only cannot be undone.
    if (isDenied(error)) denied.set(current, new Set([...(denied.get(current) ?? []), look.operation]))
    return undefined
  }
}

/** Says that a change was made, and offers to undo it. `after` shows what is true then. */
export function sayDone(text: string, undo: Undo | undefined, after: () => void): void {
  toasts.say(text, undo && (() => takenBack(undo, after)))
}

async function takenBack(undo: Undo, after: () => void): Promise<Said> {
  const t = undoTexts[language.current]
  let isBegun = false
  try {
    const isDone = await takeBack(undo, ask, () => {
      isBegun = true
    })
    return isDone ? { text: t.done } : { text: t.changedSince, isBad: true }
  } catch (error) {
    const own = error instanceof Error ? error.message : String(error)
    const text = error instanceof ApiError ? await messageOf(error, language.current) : own
    // A lost answer, and the second of two calls, leave open what is done.
    const isOpen = isBegun || error instanceof Unreachable
    return { text: isOpen ? t.failedInPart(text) : t.failed(text), isBad: true }
  } finally {
    after()
  }
}
