import type { Params, Product } from '@opensag/smartag-client'

/** A value that mends a field, offered as a button. */
export interface Repair {
  readonly label: string
  readonly value: string
}

/** A mistake in a field, with what leads out of it. */
export interface FieldMistake {
  readonly text: string
  /** To what is in the way. */
  readonly link?: { readonly href: string; readonly text: string } | undefined
  readonly repair?: Repair | undefined
  /** Asks the server for a repair, once for each text; undefined when it has none. */
  readonly askRepair?: (() => Promise<Repair | undefined>) | undefined
}

/** One field of a form; what it may hold is what the operation declares of the parameter. */
export interface ActionField {
  readonly name: string
  readonly label: string
  readonly initial?: string
  /** What it holds when the form opens, where that is another value than it has now. */
  readonly filled?: string
  readonly rows?: number
  readonly options?: readonly { readonly value: string; readonly label: string }[]
  readonly generate?: () => string
  /** A mistake that is seen here before the API tells it. */
  readonly check?: (value: string, values: Readonly<Record<string, string>>) => FieldMistake | string | undefined
  /** What a refusal says of this field, where its code is about it. */
  readonly refused?: (code: string, value: string) => FieldMistake | undefined
}

/** An operation somebody is about to call from a form. */
export interface Action {
  readonly product?: Product
  readonly operation: string
  readonly title: string
  readonly submit: string
  /** What follows from it, where that is not plain. */
  readonly lead?: string
  readonly danger?: boolean
  readonly fixed: Params
  readonly fields?: readonly ActionField[]
  /** Sends only what somebody changed: what is not sent stays as it is. */
  readonly onlyChanged?: boolean
  /** The screen goes on from it: with this call undone, not all would be as before. */
  readonly isFinal?: boolean
  /** What is said when it was done. */
  readonly done: string
}

type Random = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>

/** Without those that are taken for another one. Of what is neither, the one that gateways take, too. */
const characters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789_'

/**
 * A password the rules of gateways, of remote users and of RAM users take alike, also where a policy asks for every kind of
 * character: 20 of them, evenly drawn among those that have all kinds.
 */
export function generatedPassword(random: Random): string {
  for (;;) {
    const text = drawn(random)
    if (/^[^_]/.test(text) && [/[A-Z]/, /[a-z]/, /\d/, /_/].every((kind) => kind.test(text))) return text
  }
}

function drawn(random: Random): string {
  // Bytes beyond the last whole multiple would make the first characters likelier.
  const limit = 256 - (256 % characters.length)
  let text = ''
  while (text.length < 20) {
    for (const byte of random(new Uint8Array(32))) {
      if (byte < limit && text.length < 20) text += characters[byte % characters.length]
    }
  }
  return text
}
