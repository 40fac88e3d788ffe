import { systemPolicies } from '../../model/system-policies.ts'
import { compiledQuery } from '../compiled-query.ts'
import type { Reader } from '../store.ts'
import type { PolicyName, Target } from './attachments.ts'

/** A policy that applies to a principal, and through what. */
export interface AppliedPolicy {
  readonly policy: PolicyName
  readonly document: string
  /** The user or role itself, or the group through which it applies. */
  readonly through: Target
}

const attachedToUser = compiledQuery((db: Reader, { userId }: { userId: string }) =>
  applied(db).where((eb) =>
    eb.or([
      eb.and([eb('ram_attachment.target_kind', '=', 'user'), eb('ram_attachment.target_id', '=', userId)]),
      eb.and([
        eb('ram_attachment.target_kind', '=', 'group'),
        eb(
          'ram_attachment.target_id',
          'in',
          eb.selectFrom('ram_group_member').select('group_id').where('user_id', '=', userId),
        ),
      ]),
    ]),
  ),
)

const attachedToRole = compiledQuery((db: Reader, { roleId }: { roleId: string }) =>
  applied(db).where('ram_attachment.target_kind', '=', 'role').where('ram_attachment.target_id', '=', roleId),
)

/** Attachments with the document in force, which only custom policies have in the store. */
function applied(db: Reader) {
  return db
    .selectFrom('ram_attachment')
    .leftJoin('ram_policy', (join) =>
      join
        .onRef('ram_policy.account_id', '=', 'ram_attachment.account_id')
        .onRef('ram_policy.name', '=', 'ram_attachment.policy_name')
        .on('ram_attachment.policy_type', '=', 'Custom'),
    )
    .leftJoin('ram_policy_version', (join) =>
      join.onRef('ram_policy_version.policy_id', '=', 'ram_policy.id').on('ram_policy_version.is_default', '=', 1),
    )
    .select([
      'ram_attachment.policy_type',
      'ram_attachment.policy_name',
      'ram_attachment.target_kind',
      'ram_attachment.target_id',
      'ram_policy_version.document',
    ])
    .orderBy('ram_attachment.policy_name')
    .orderBy('ram_attachment.target_id')
}

/**
 * Every policy that applies to a user (its own and its groups') or to a role, each with the version in force.
 *
 * @throws Error when an attached policy is not there: to leave it out could be to leave out a denial
 */
export async function policiesAppliedTo(db: Reader, principal: Target): Promise<readonly AppliedPolicy[]> {
  const { rows } =
    principal.kind === 'role'
      ? await attachedToRole(db, { roleId: principal.id })
      : await attachedToUser(db, { userId: principal.id })
  return rows.map((row) => {
    const policy = { type: row.policy_type, name: row.policy_name }
    const document = row.document ?? systemPolicies.get(row.policy_name)?.document
    if (document === undefined) throw new Error(`The ${policy.type} policy ${policy.name} is attached but not there.`)
    return { policy, document, through: { kind: row.target_kind, id: row.target_id } }
  })
}
