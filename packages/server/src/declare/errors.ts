import type { Texts } from '@opensag/rules'

/**
 * One documented error of one operation: HTTP status, English message (the one on the wire, letter by letter as
 * published), Chinese message (documentation and console), and, for a code the published table does not list, why it
 * is answered all the same.
 */
export type ErrorRow = readonly [status: number, en: string, zh: string, outsideTable?: Texts]

/**
 * The errors of one operation **in order of evaluation**: the first that applies is the answer. Keyed per operation and
 * never shared, because the same code has other statuses and texts in other operations.
 */
export type ErrorTable = Readonly<Record<string, ErrorRow>>

/** An answer that is part of the contract. Anything else that is thrown is a defect and becomes `InternalError`. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly code: string
  /** Why access was denied, where that is what it says. */
  readonly accessDenied: Readonly<Record<string, string>> | undefined

  /** Every required parameter the call left out, where it left out several. */
  readonly missing: readonly string[] | undefined

  constructor(status: number, code: string, message: string, accessDenied?: object, missing?: readonly string[]) {
    super(message)
    this.status = status
    this.code = code
    this.accessDenied = accessDenied as Readonly<Record<string, string>> | undefined
    this.missing = missing
  }
}
