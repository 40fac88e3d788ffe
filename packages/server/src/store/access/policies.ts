import type { Reader, Writer } from '../store.ts'
import { raiseAccessEpoch } from './epoch.ts'
import { countNamed, type NamePage, removeNamed } from './named.ts'
import type { RamPolicyTable, RamPolicyVersionTable } from './tables.ts'
import { RamTags } from './tags.ts'

/** A policy an account wrote itself. */
export interface CustomPolicy {
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly description: string | undefined
  /** JSON: the requests every new version is held against. */
  readonly examples: string | undefined
  readonly createdAt: number
  readonly updatedAt: number
  /** The number of the version in force. */
  readonly defaultVersion: number
}

export interface PolicyVersion {
  /** From 1; never used again. */
  readonly version: number
  readonly document: string
  readonly isDefault: boolean
  readonly createdAt: number
}

export interface NewPolicy {
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly description: string | undefined
  readonly document: string
  readonly examples: string | undefined
  readonly createdAt: number
}

export interface NewVersion {
  readonly document: string
  readonly setAsDefault: boolean
  /** Replaces those of the policy. */
  readonly examples: string | undefined
  readonly createdAt: number
}

type PolicyRow = RamPolicyTable & { readonly default_version: number }

/** Custom policies and their versions, inside one unit of work. */
export class RamPolicies {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  async policy(accountId: string, name: string): Promise<CustomPolicy | undefined> {
    const row = await this.#policies(accountId).where('ram_policy.name', '=', name).executeTakeFirst()
    return row === undefined ? undefined : policyOf(row)
  }

  count(accountId: string): Promise<number> {
    return countNamed(this.#db, 'ram_policy', accountId)
  }

  async policies(accountId: string, { after, size, only }: NamePage): Promise<readonly CustomPolicy[]> {
    // PostgreSQL has no empty list.
    if (only?.length === 0) return []
    let policies = this.#policies(accountId)
    if (only !== undefined) policies = policies.where('ram_policy.name', 'in', only)
    if (after !== undefined) policies = policies.where('ram_policy.name', '>', after)
    return (await policies.orderBy('ram_policy.name').limit(size).execute()).map(policyOf)
  }

  /** The policy and its first version. */
  async add(policy: NewPolicy): Promise<void> {
    await (this.#db as Writer)
      .insertInto('ram_policy')
      .values({
        id: policy.id,
        account_id: policy.accountId,
        name: policy.name,
        description: policy.description ?? null,
        last_version: 1,
        examples: policy.examples ?? null,
        created_at: policy.createdAt,
        updated_at: policy.createdAt,
      })
      .execute()
    await this.#insertVersion(policy.id, 1, policy.document, policy.createdAt)
    await this.#makeDefault(policy.id, 1)
  }

  async describe({ id }: CustomPolicy, description: string, at: number): Promise<void> {
    await (this.#db as Writer)
      .updateTable('ram_policy')
      .set({ description, updated_at: at })
      .where('id', '=', id)
      .execute()
  }

  /** The policy, all its versions and its tags. It is attached to nothing. */
  async remove({ id, accountId, name }: CustomPolicy): Promise<void> {
    await new RamTags(this.#db).remove(accountId, 'policy', [name])
    await removeNamed(this.#db, 'ram_policy', id)
    await raiseAccessEpoch(this.#db, accountId)
  }

  async version({ id }: CustomPolicy, version: number): Promise<PolicyVersion | undefined> {
    const row = await this.#versions(id).where('version', '=', version).executeTakeFirst()
    return row === undefined ? undefined : versionOf(row)
  }

  /** Oldest first. */
  async versions({ id }: CustomPolicy): Promise<readonly PolicyVersion[]> {
    return (await this.#versions(id).orderBy('version').execute()).map(versionOf)
  }

  /** @returns the number of the new version */
  async addVersion(policy: CustomPolicy, given: NewVersion): Promise<number> {
    const { last_version: version } = await (this.#db as Writer)
      .updateTable('ram_policy')
      .set((eb) => ({
        last_version: eb('last_version', '+', 1),
        ...(given.examples === undefined ? {} : { examples: given.examples }),
        updated_at: given.createdAt,
      }))
      .where('id', '=', policy.id)
      .returning('last_version')
      .executeTakeFirstOrThrow()
    await this.#insertVersion(policy.id, version, given.document, given.createdAt)
    if (given.setAsDefault) await this.setDefault(policy, version, given.createdAt)
    return version
  }

  async setDefault(policy: CustomPolicy, version: number, at: number): Promise<void> {
    await this.#makeDefault(policy.id, version)
    await (this.#db as Writer).updateTable('ram_policy').set({ updated_at: at }).where('id', '=', policy.id).execute()
    await raiseAccessEpoch(this.#db, policy.accountId)
  }

  /** One that is not the default. */
  async removeVersion({ id }: CustomPolicy, version: number): Promise<void> {
    await (this.#db as Writer)
      .deleteFrom('ram_policy_version')
      .where('policy_id', '=', id)
      .where('version', '=', version)
      .execute()
  }

  async #makeDefault(policyId: string, version: number): Promise<void> {
    await (this.#db as Writer)
      .updateTable('ram_policy_version')
      .set((eb) => ({ is_default: eb.case().when('version', '=', version).then(1).else(0).end() }))
      .where('policy_id', '=', policyId)
      .execute()
  }

  async #insertVersion(policyId: string, version: number, document: string, at: number): Promise<void> {
    await (this.#db as Writer)
      .insertInto('ram_policy_version')
      .values({ policy_id: policyId, version, document, is_default: 0, created_at: at })
      .execute()
  }

  #policies(accountId: string) {
    return this.#db
      .selectFrom('ram_policy')
      .innerJoin('ram_policy_version', (join) =>
        join.onRef('ram_policy_version.policy_id', '=', 'ram_policy.id').on('ram_policy_version.is_default', '=', 1),
      )
      .selectAll('ram_policy')
      .select('ram_policy_version.version as default_version')
      .where('ram_policy.account_id', '=', accountId)
  }

  #versions(policyId: string) {
    return this.#db.selectFrom('ram_policy_version').selectAll().where('policy_id', '=', policyId)
  }
}

function policyOf(row: PolicyRow): CustomPolicy {
  return {
    id: row.id,
    accountId: row.account_id,
    name: row.name,
    description: row.description ?? undefined,
    examples: row.examples ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    defaultVersion: row.default_version,
  }
}

function versionOf(row: RamPolicyVersionTable): PolicyVersion {
  return {
    version: row.version,
    document: row.document,
    isDefault: row.is_default !== 0,
    createdAt: row.created_at,
  }
}
