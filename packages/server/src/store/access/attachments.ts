import type { Reader, Writer } from '../store.ts'
import { raiseAccessEpoch } from './epoch.ts'
import { groupOf, type RamGroup } from './groups.ts'
import { type AppliedPolicy, policiesAppliedTo } from './principal-policies.ts'
import { type RamRole, roleOf } from './roles.ts'
import type { RamAttachmentTable } from './tables.ts'
import { type RamUser, userOf } from './users.ts'

export type PolicyType = RamAttachmentTable['policy_type']
export type TargetKind = RamAttachmentTable['target_kind']

export interface PolicyName {
  readonly type: PolicyType
  readonly name: string
}

/** A user, group or role. */
export interface Target {
  readonly kind: TargetKind
  readonly id: string
}

export interface Attached {
  readonly attachedAt: number
}

export interface Attachment extends Attached {
  readonly policy: PolicyName
  readonly target: Target
}

/** Which policies are attached to what in one account, inside one unit of work. */
export class RamAttachments {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  /** By policy name. */
  async to({ kind, id }: Target): Promise<readonly Attachment[]> {
    const rows = await this.#db
      .selectFrom('ram_attachment')
      .selectAll()
      .where('target_id', '=', id)
      .where('target_kind', '=', kind)
      .orderBy('policy_name')
      .orderBy('policy_type')
      .execute()
    return rows.map(attachmentOf)
  }

  /** To how many users, groups and roles a policy is attached; kinds it is attached to none of are not told. */
  async kindsOf(accountId: string, { type, name }: PolicyName): Promise<ReadonlyMap<TargetKind, number>> {
    const rows = await this.#db
      .selectFrom('ram_attachment')
      .select('target_kind')
      .select((eb) => eb.fn.countAll().as('count'))
      .where('account_id', '=', accountId)
      .where('policy_type', '=', type)
      .where('policy_name', '=', name)
      .groupBy('target_kind')
      .execute()
    return new Map(rows.map((row) => [row.target_kind, Number(row.count)]))
  }

  /** The users a policy is attached to, by name. */
  async usersOf(accountId: string, policy: PolicyName): Promise<readonly (RamUser & Attached)[]> {
    const rows = await this.#of(accountId, policy, 'user')
      .innerJoin('ram_user', 'ram_user.id', 'ram_attachment.target_id')
      .selectAll('ram_user')
      .select('ram_attachment.attached_at')
      .orderBy('ram_user.name')
      .execute()
    return rows.map((row) => ({ ...userOf(row), attachedAt: row.attached_at }))
  }

  /** The groups a policy is attached to, by name. */
  async groupsOf(accountId: string, policy: PolicyName): Promise<readonly (RamGroup & Attached)[]> {
    const rows = await this.#of(accountId, policy, 'group')
      .innerJoin('ram_group', 'ram_group.id', 'ram_attachment.target_id')
      .selectAll('ram_group')
      .select('ram_attachment.attached_at')
      .orderBy('ram_group.name')
      .execute()
    return rows.map((row) => ({ ...groupOf(row), attachedAt: row.attached_at }))
  }

  /** The roles a policy is attached to, by name. */
  async rolesOf(accountId: string, policy: PolicyName): Promise<readonly (RamRole & Attached)[]> {
    const rows = await this.#of(accountId, policy, 'role')
      .innerJoin('ram_role', 'ram_role.id', 'ram_attachment.target_id')
      .selectAll('ram_role')
      .select('ram_attachment.attached_at')
      .orderBy('ram_role.name')
      .execute()
    return rows.map((row) => ({ ...roleOf(row), attachedAt: row.attached_at }))
  }

  #of(accountId: string, { type, name }: PolicyName, kind: TargetKind) {
    return this.#db
      .selectFrom('ram_attachment')
      .where('ram_attachment.account_id', '=', accountId)
      .where('policy_type', '=', type)
      .where('policy_name', '=', name)
      .where('target_kind', '=', kind)
  }

  /** To how many things each of these policies is attached. */
  async counts(accountId: string, policies: readonly PolicyName[]): Promise<(policy: PolicyName) => number> {
    if (policies.length === 0) return () => 0
    const rows = await this.#db
      .selectFrom('ram_attachment')
      .select(['policy_type', 'policy_name'])
      .select((eb) => eb.fn.countAll().as('count'))
      .where('account_id', '=', accountId)
      .where('policy_type', 'in', [...new Set(policies.map(({ type }) => type))])
      .where('policy_name', 'in', [...new Set(policies.map(({ name }) => name))])
      .groupBy(['policy_type', 'policy_name'])
      .execute()
    const counts = new Map(rows.map((row) => [`${row.policy_type} ${row.policy_name}`, Number(row.count)]))
    return ({ type, name }) => counts.get(`${type} ${name}`) ?? 0
  }

  /** Every policy that binds a user (also through its groups) or a role, with the document in force. */
  applied(principal: Target): Promise<readonly AppliedPolicy[]> {
    return policiesAppliedTo(this.#db, principal)
  }

  async attach(accountId: string, policy: PolicyName, target: Target, at: number): Promise<void> {
    await (this.#db as Writer)
      .insertInto('ram_attachment')
      .values({
        account_id: accountId,
        target_kind: target.kind,
        target_id: target.id,
        policy_type: policy.type,
        policy_name: policy.name,
        attached_at: at,
      })
      .execute()
    await raiseAccessEpoch(this.#db, accountId)
  }

  async detach(accountId: string, policy: PolicyName, target: Target): Promise<void> {
    await (this.#db as Writer)
      .deleteFrom('ram_attachment')
      .where('target_id', '=', target.id)
      .where('target_kind', '=', target.kind)
      .where('policy_type', '=', policy.type)
      .where('policy_name', '=', policy.name)
      .execute()
    await raiseAccessEpoch(this.#db, accountId)
  }
}

function attachmentOf(row: RamAttachmentTable): Attachment {
  return {
    policy: { type: row.policy_type, name: row.policy_name },
    target: { kind: row.target_kind, id: row.target_id },
    attachedAt: row.attached_at,
  }
}
