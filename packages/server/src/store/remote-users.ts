import type { Reader, Writer } from './store.ts'

/** Accounts of SAG APP instances, their sessions, enterprise codes, inside one unit of work. */
export class RemoteUsers {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  /** The unit of work, for what changes things. */
  protected writer(): Writer {
    return this.#db as Writer
  }
}

export function createRemoteUsers(db: Reader | Writer): RemoteUsers {
  return new RemoteUsers(db)
}
