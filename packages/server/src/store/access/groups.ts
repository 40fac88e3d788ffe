import type { Reader, Writer } from '../store.ts'
import { raiseAccessEpoch } from './epoch.ts'
import { countNamed, type NamePage, removeNamed } from './named.ts'
import type { RamGroupTable } from './tables.ts'
import { type RamUser, userOf } from './users.ts'

export interface RamGroup {
  /** `g-` and 18 letters and digits. */
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly comments: string | undefined
  readonly createdAt: number
  readonly updatedAt: number
}

export interface Joined {
  readonly joinedAt: number
}

export type NewGroup = Pick<RamGroup, 'id' | 'accountId' | 'name' | 'createdAt'> & Partial<Pick<RamGroup, 'comments'>>

/** Groups of RAM users and who is in them, inside one unit of work. */
export class RamGroups {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  async group(accountId: string, name: string): Promise<RamGroup | undefined> {
    const row = await this.#db
      .selectFrom('ram_group')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('name', '=', name)
      .executeTakeFirst()
    return row === undefined ? undefined : groupOf(row)
  }

  count(accountId: string): Promise<number> {
    return countNamed(this.#db, 'ram_group', accountId)
  }

  async groups(accountId: string, { after, size }: NamePage): Promise<readonly RamGroup[]> {
    let groups = this.#db.selectFrom('ram_group').selectAll().where('account_id', '=', accountId)
    if (after !== undefined) groups = groups.where('name', '>', after)
    return (await groups.orderBy('name').limit(size).execute()).map(groupOf)
  }

  async add({ id, accountId, name, comments, createdAt }: NewGroup): Promise<void> {
    await (this.#db as Writer)
      .insertInto('ram_group')
      .values({
        id,
        account_id: accountId,
        name,
        comments: comments ?? null,
        created_at: createdAt,
        updated_at: createdAt,
      })
      .execute()
  }

  /** What is not given stays, what is given empty is cleared. */
  async change(
    { id }: RamGroup,
    { name, comments }: { readonly name?: string | undefined; readonly comments?: string | undefined },
    at: number,
  ): Promise<void> {
    await (this.#db as Writer)
      .updateTable('ram_group')
      .set({
        ...(name === undefined ? {} : { name }),
        ...(comments === undefined ? {} : { comments: comments || null }),
        updated_at: at,
      })
      .where('id', '=', id)
      .execute()
  }

  /** A group without members and policies. */
  async remove({ id }: RamGroup): Promise<void> {
    await removeNamed(this.#db, 'ram_group', id)
  }

  async hasMember(group: RamGroup, user: RamUser): Promise<boolean> {
    const row = await this.#db
      .selectFrom('ram_group_member')
      .select('joined_at')
      .where('group_id', '=', group.id)
      .where('user_id', '=', user.id)
      .executeTakeFirst()
    return row !== undefined
  }

  async groupsOf(user: RamUser): Promise<readonly (RamGroup & Joined)[]> {
    const rows = await this.#db
      .selectFrom('ram_group_member')
      .innerJoin('ram_group', 'ram_group.id', 'ram_group_member.group_id')
      .selectAll('ram_group')
      .select('ram_group_member.joined_at')
      .where('ram_group_member.user_id', '=', user.id)
      .orderBy('ram_group.name')
      .execute()
    return rows.map((row) => ({ ...groupOf(row), joinedAt: row.joined_at }))
  }

  async members(group: RamGroup, { after, size }: NamePage): Promise<readonly (RamUser & Joined)[]> {
    let members = this.#db
      .selectFrom('ram_group_member')
      .innerJoin('ram_user', 'ram_user.id', 'ram_group_member.user_id')
      .selectAll('ram_user')
      .select('ram_group_member.joined_at')
      .where('ram_group_member.group_id', '=', group.id)
    if (after !== undefined) members = members.where('ram_user.name', '>', after)
    const rows = await members.orderBy('ram_user.name').limit(size).execute()
    return rows.map((row) => ({ ...userOf(row), joinedAt: row.joined_at }))
  }

  async join(group: RamGroup, user: RamUser, at: number): Promise<void> {
    await (this.#db as Writer)
      .insertInto('ram_group_member')
      .values({ group_id: group.id, user_id: user.id, joined_at: at })
      .execute()
    await raiseAccessEpoch(this.#db, group.accountId)
  }

  async leave(group: RamGroup, user: RamUser): Promise<void> {
    await (this.#db as Writer)
      .deleteFrom('ram_group_member')
      .where('group_id', '=', group.id)
      .where('user_id', '=', user.id)
      .execute()
    await raiseAccessEpoch(this.#db, group.accountId)
  }
}

export function groupOf(row: RamGroupTable): RamGroup {
  return {
    id: row.id,
    accountId: row.account_id,
    name: row.name,
    comments: row.comments ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
