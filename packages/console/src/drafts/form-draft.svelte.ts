import type { OperationEntry } from '@opensag/rules'
import { clock } from '../app/clock.ts'
import { draftPlace } from '../app/draft-place.ts'
import { storageOf } from '../app/remembered.ts'
import { session } from '../app/session.svelte.ts'
import {
  changedFields,
  draftOf,
  type Fields,
  fittingFields,
  isSame,
  readDrafts,
  secretsOf,
  withDraft,
  withoutDraft,
} from './drafts.ts'

const noSecrets: ReadonlySet<string> = new Set()

/**
 * What is typed into one form about one thing, kept in the tab for whoever is logged on: over a reload, and over a session that
 * ends. It is forgotten when it was sent, when the person gives it up, and when they log off.
 */
export class FormDraft<T extends object> {
  /** What was kept of the form, to be filled in when it opens. */
  readonly restored: Partial<T>
  readonly #form: string
  readonly #object: string
  readonly #opened: T
  readonly #arn = session.current?.arn
  #at = $state<number | undefined>()

  /**
   * @param object the thing it is about; empty for a new one
   * @param opened what the form holds when nobody has typed
   */
  constructor(form: string, object: string, opened: T) {
    this.#form = form
    this.#object = object
    this.#opened = opened
    const found = draftOf(this.#read(), form, object)
    this.restored = fittingFields(found ?? { fields: {}, over: {} }, opened)
    if (Object.keys(this.restored).length > 0) this.#at = found?.at
  }

  /** When what was filled in had been typed; undefined when nothing was, and once it is given up. */
  get at(): number | undefined {
    return this.#at
  }

  /** @param secrets the names of what is never kept */
  keep(now: T, secrets = noSecrets): void {
    const fields = changedFields(now as Fields, this.#opened as Fields, secrets)
    const drafts = this.#read()
    if (isSame(draftOf(drafts, this.#form, this.#object)?.fields ?? {}, fields)) return
    const opened = this.#opened as Fields
    const over = Object.fromEntries(Object.keys(fields).map((name) => [name, opened[name]]))
    this.#write(withDraft(drafts, { form: this.#form, object: this.#object, at: clock.now(), fields, over }))
  }

  /** As {@link keep}, of the parameters of an operation. Which of them are secrets only its declaration says: without it nothing is kept. */
  keepDeclared(now: T, entry: OperationEntry | undefined): void {
    if (entry) this.keep(now, secretsOf(entry))
  }

  forget(): void {
    this.#at = undefined
    this.#write(withoutDraft(this.#read(), this.#form, this.#object))
  }

  #read(): ReturnType<typeof readDrafts> {
    const text = this.#arn === undefined ? '' : storageOf('sessionStorage')?.getItem(draftPlace(this.#arn))
    return readDrafts(text ?? '', clock.now())
  }

  #write(drafts: ReturnType<typeof readDrafts>): void {
    // Whoever has logged off meanwhile leaves nothing behind.
    if (this.#arn === undefined || session.current?.arn !== this.#arn) return
    const tab = storageOf('sessionStorage')
    if (drafts.length === 0) tab?.removeItem(draftPlace(this.#arn))
    else tab?.setItem(draftPlace(this.#arn), JSON.stringify(drafts))
  }
}
