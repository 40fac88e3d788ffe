import type { Reader, Writer } from './store.ts'

/** Cloud Connect Networks, CENs, VBRs and grants, inside one unit of work. */
export class Networks {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  /** The unit of work, for what changes things. */
  protected writer(): Writer {
    return this.#db as Writer
  }
}

export function createNetworks(db: Reader | Writer): Networks {
  return new Networks(db)
}
