/** What is wrong with a document, and where. */
export interface Mistake {
  /** One sentence or two; never a value of the document, because the position points at it. */
  readonly message: string
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 code units, as editors count. */
  readonly column: number
  /** From 0, in UTF-16 code units; the length of the text when something is missing at its end. */
  readonly offset: number
}

/** Thrown inside the reading of a document and turned into a `Mistake` at its boundary, never further. */
export class MistakeAt extends Error {
  readonly offset: number

  constructor(offset: number, message: string) {
    super(message)
    this.offset = offset
  }
}

/** Runs the reading of a text and says where it failed. Any other error is a defect and passes. */
export function reading<T>(text: string, read: () => T): T | { readonly mistake: Mistake } {
  try {
    return read()
  } catch (error) {
    if (error instanceof MistakeAt) return { mistake: located(text, error) }
    throw error
  }
}

function located(text: string, { offset, message }: MistakeAt): Mistake {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/)
  return { message, line: before.length, column: (before.at(-1) ?? '').length + 1, offset }
}
