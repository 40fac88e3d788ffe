import type { Reader, Writer } from '../store.ts'
import type { RamUser } from './users.ts'

/** Somebody at an OpenID provider: the subject is unique there and never given to another. */
export interface ProviderIdentity {
  readonly issuer: string
  readonly subject: string
}

/** Which identity at a provider belongs to which user, inside one unit of work. */
export class Identities {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  /** The id of the user it is bound to in that account. */
  async userOf(accountId: string, { issuer, subject }: ProviderIdentity): Promise<string | undefined> {
    const row = await this.#db
      .selectFrom('ram_identity')
      .select('user_id')
      .where('account_id', '=', accountId)
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .executeTakeFirst()
    return row?.user_id
  }

  /** The subject that the user is at that provider. */
  async subjectOf(userId: string, issuer: string): Promise<string | undefined> {
    const row = await this.#db
      .selectFrom('ram_identity')
      .select('subject')
      .where('user_id', '=', userId)
      .where('issuer', '=', issuer)
      .executeTakeFirst()
    return row?.subject
  }

  /** @returns whether it is that user's now; what is bound already stays. */
  async bind({ id, accountId }: RamUser, { issuer, subject }: ProviderIdentity, at: number): Promise<boolean> {
    await (this.#db as Writer)
      .insertInto('ram_identity')
      .values({ user_id: id, issuer, subject, account_id: accountId, bound_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return (await this.subjectOf(id, issuer)) === subject
  }
}
