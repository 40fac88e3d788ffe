import type { Reader, Writer } from '../store.ts'
import { raiseAccessEpoch } from './epoch.ts'
import { countNamed, type NamePage, removeNamed } from './named.ts'
import type { RamRoleTable } from './tables.ts'
import { RamTags } from './tags.ts'

export interface RamRole {
  /** 18 digits. */
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly description: string | undefined
  /** JSON: who may assume it. */
  readonly trustPolicy: string
  /** Seconds. */
  readonly maxSessionDuration: number
  /** The service it is linked to; the account's own roles have none. */
  readonly serviceName?: string | undefined
  readonly createdAt: number
  readonly updatedAt: number
}

export type NewRole = Omit<RamRole, 'updatedAt'>
export type RoleChange = {
  readonly [K in 'description' | 'trustPolicy' | 'maxSessionDuration']?: RamRole[K] | undefined
}

/** Roles of accounts, inside one unit of work. */
export class RamRoles {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  async role(accountId: string, name: string): Promise<RamRole | undefined> {
    const row = await this.#db
      .selectFrom('ram_role')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('name', '=', name)
      .executeTakeFirst()
    return row === undefined ? undefined : roleOf(row)
  }

  async roleById(id: string): Promise<RamRole | undefined> {
    const row = await this.#db.selectFrom('ram_role').selectAll().where('id', '=', id).executeTakeFirst()
    return row === undefined ? undefined : roleOf(row)
  }

  count(accountId: string): Promise<number> {
    return countNamed(this.#db, 'ram_role', accountId)
  }

  async roles(accountId: string, { after, size, only }: NamePage): Promise<readonly RamRole[]> {
    // PostgreSQL has no empty list.
    if (only?.length === 0) return []
    let roles = this.#db.selectFrom('ram_role').selectAll().where('account_id', '=', accountId)
    if (only !== undefined) roles = roles.where('name', 'in', only)
    if (after !== undefined) roles = roles.where('name', '>', after)
    return (await roles.orderBy('name').limit(size).execute()).map(roleOf)
  }

  async add(role: NewRole): Promise<void> {
    const { id, accountId, name, description, trustPolicy, maxSessionDuration, serviceName, createdAt } = role
    await (this.#db as Writer)
      .insertInto('ram_role')
      .values({
        id,
        account_id: accountId,
        name,
        description: description ?? null,
        trust_policy: trustPolicy,
        max_session_duration: maxSessionDuration,
        service_name: serviceName ?? null,
        created_at: createdAt,
        updated_at: createdAt,
      })
      .execute()
  }

  /** What is not given stays, a description that is given empty is cleared. */
  async change({ id, accountId }: RamRole, change: RoleChange, at: number): Promise<void> {
    const { description, trustPolicy, maxSessionDuration } = change
    await (this.#db as Writer)
      .updateTable('ram_role')
      .set({
        ...(description === undefined ? {} : { description: description || null }),
        ...(trustPolicy === undefined ? {} : { trust_policy: trustPolicy }),
        ...(maxSessionDuration === undefined ? {} : { max_session_duration: maxSessionDuration }),
        updated_at: at,
      })
      .where('id', '=', id)
      .execute()
    if (trustPolicy !== undefined) await raiseAccessEpoch(this.#db, accountId)
  }

  /** A role without policies, and its tags. */
  async remove({ id, accountId, name }: RamRole): Promise<void> {
    await new RamTags(this.#db).remove(accountId, 'role', [name])
    await removeNamed(this.#db, 'ram_role', id)
    await raiseAccessEpoch(this.#db, accountId)
  }
}

export function roleOf(row: RamRoleTable): RamRole {
  return {
    id: row.id,
    accountId: row.account_id,
    name: row.name,
    description: row.description ?? undefined,
    trustPolicy: row.trust_policy,
    maxSessionDuration: row.max_session_duration,
    serviceName: row.service_name ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
