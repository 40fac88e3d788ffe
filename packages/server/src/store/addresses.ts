import type { Reader, Writer } from './store.ts'

/** CIDR blocks, SNAT entries, service addresses, inside one unit of work. */
export class Addresses {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  /** The unit of work, for what changes things. */
  protected writer(): Writer {
    return this.#db as Writer
  }
}

export function createAddresses(db: Reader | Writer): Addresses {
  return new Addresses(db)
}
