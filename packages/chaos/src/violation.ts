/** A promise of the protocol that was not kept. */
export class Violation extends Error {
  override readonly name = 'Violation'
  /** Which promise: `S1`, … */
  readonly promise: string

  constructor(promise: string, what: string) {
    super(`${promise} broken: ${what}`)
    this.promise = promise
  }
}
