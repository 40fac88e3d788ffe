import { compiledUpdate } from '../compiled-query.ts'
import type { Reader, Writer } from '../store.ts'
import { raiseAccessEpoch } from './epoch.ts'
import { countNamed, type NamePage, removeNamed } from './named.ts'
import type { RamUserTable } from './tables.ts'

/** A RAM user of an account. */
export interface RamUser {
  /** 18 digits; stays the same when the user is renamed. */
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly displayName: string | undefined
  readonly mobilePhone: string | undefined
  readonly email: string | undefined
  readonly comments: string | undefined
  /** Milliseconds since 1970, as all times here. */
  readonly createdAt: number
  readonly updatedAt: number
  /** The last logon to the console. */
  readonly lastLoginAt: number | undefined
}

export type UserFacts = Partial<Pick<RamUser, 'displayName' | 'mobilePhone' | 'email' | 'comments'>>
export type NewUser = UserFacts & Pick<RamUser, 'id' | 'accountId' | 'name' | 'createdAt'>
export type UserChange = UserFacts & { readonly name?: string | undefined }

/** RAM users, inside one unit of work. */
export class RamUsers {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  async user(accountId: string, name: string): Promise<RamUser | undefined> {
    const row = await this.#db
      .selectFrom('ram_user')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('name', '=', name)
      .executeTakeFirst()
    return row === undefined ? undefined : userOf(row)
  }

  async userById(id: string): Promise<RamUser | undefined> {
    const row = await this.#db.selectFrom('ram_user').selectAll().where('id', '=', id).executeTakeFirst()
    return row === undefined ? undefined : userOf(row)
  }

  /**
   * Those with that address, in any case of ASCII; two at most. Case of other letters folds unlike ones into one: the sign of
   * kelvin into k. What the database folds depends on its locale, so it only chooses whom to look at.
   */
  async usersWithEmail(accountId: string, email: string): Promise<readonly RamUser[]> {
    const wanted = asciiLower(email)
    const rows = await this.#db
      .selectFrom('ram_user')
      .selectAll()
      .where('account_id', '=', accountId)
      .where((eb) => eb(eb.fn('lower', ['email']), '=', wanted))
      .execute()
    return rows
      .filter((row) => asciiLower(row.email ?? '') === wanted)
      .slice(0, 2)
      .map(userOf)
  }

  count(accountId: string): Promise<number> {
    return countNamed(this.#db, 'ram_user', accountId)
  }

  async users(accountId: string, { after, size }: NamePage): Promise<readonly RamUser[]> {
    let users = this.#db.selectFrom('ram_user').selectAll().where('account_id', '=', accountId)
    if (after !== undefined) users = users.where('name', '>', after)
    return (await users.orderBy('name').limit(size).execute()).map(userOf)
  }

  async add({ id, accountId, name, createdAt, ...facts }: NewUser): Promise<void> {
    await (this.#db as Writer)
      .insertInto('ram_user')
      .values({ id, account_id: accountId, name, created_at: createdAt, updated_at: createdAt, ...columnsOf(facts) })
      .execute()
  }

  /** What is not given stays, what is given empty is cleared. */
  async change({ id, accountId }: RamUser, { name, ...facts }: UserChange, at: number): Promise<void> {
    const columns = { ...(name === undefined ? {} : { name }), ...columnsOf(facts), updated_at: at }
    await update(this.#db as Writer, columns, { rowId: id })
    // Policies of the account may name its users.
    if (name !== undefined) await raiseAccessEpoch(this.#db, accountId)
  }

  async setLastLogin(id: string, at: number): Promise<void> {
    await (this.#db as Writer).updateTable('ram_user').set({ last_login_at: at }).where('id', '=', id).execute()
  }

  /** A user without keys, groups, policies and login profile. */
  async remove({ id, accountId }: RamUser): Promise<void> {
    await removeNamed(this.#db, 'ram_user', id)
    await raiseAccessEpoch(this.#db, accountId)
  }
}

function asciiLower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

const update = compiledUpdate((tx, columns: Partial<RamUserTable>, given: { readonly rowId: string }) =>
  tx.updateTable('ram_user').set(columns).where('id', '=', given.rowId),
)

function columnsOf({ displayName, mobilePhone, email, comments }: UserFacts): Partial<RamUserTable> {
  return {
    ...(displayName === undefined ? {} : { display_name: displayName || null }),
    ...(mobilePhone === undefined ? {} : { mobile_phone: mobilePhone || null }),
    ...(email === undefined ? {} : { email: email || null }),
    ...(comments === undefined ? {} : { comments: comments || null }),
  }
}

export function userOf(row: RamUserTable): RamUser {
  return {
    id: row.id,
    accountId: row.account_id,
    name: row.name,
    displayName: row.display_name ?? undefined,
    mobilePhone: row.mobile_phone ?? undefined,
    email: row.email ?? undefined,
    comments: row.comments ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastLoginAt: row.last_login_at ?? undefined,
  }
}
