import type { Reader, Writer } from '../store.ts'

/** What RAM keeps of an account itself, inside one unit of work. */
export class RamAccounts {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  async alias(accountId: string): Promise<string | undefined> {
    const row = await this.#db.selectFrom('account').select('alias').where('id', '=', accountId).executeTakeFirst()
    return row?.alias ?? undefined
  }

  /** The account that is called so: by its id or its alias. */
  async named(idOrAlias: string): Promise<string | undefined> {
    const row = await this.#db
      .selectFrom('account')
      .select('id')
      .where((eb) => eb.or([eb('id', '=', idOrAlias), eb('alias', '=', idOrAlias)]))
      .executeTakeFirst()
    return row?.id
  }

  async setAlias(accountId: string, alias: string | undefined): Promise<void> {
    await (this.#db as Writer)
      .updateTable('account')
      .set({ alias: alias ?? null })
      .where('id', '=', accountId)
      .execute()
  }

  /** Raised by every change that can alter what one of the account's principals may do. */
  async accessEpoch(accountId: string): Promise<number> {
    const row = await this.#db
      .selectFrom('account')
      .select('access_epoch')
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow()
    return row.access_epoch
  }
}
