import { stringField } from '../../declare/index.ts'
import type { Attachment, PolicyName, Target } from '../../store/access/attachments.ts'
import type { OperationContext } from '../context.ts'
import { date, policyFields, shownPolicy } from './answers.ts'
import { existingPolicy, type Finding } from './find-or-refuse.ts'
import { findPolicy } from './known-policy.ts'
import { limits } from './limits.ts'

function isAttached(attached: readonly Attachment[], { type, name }: PolicyName): boolean {
  return attached.some(({ policy }) => policy.type === type && policy.name === name)
}

/** No policy of this type more can be attached. */
function isFull(attached: readonly Attachment[], type: PolicyName['type']): boolean {
  return attached.filter(({ policy }) => policy.type === type).length >= limits.attached[type]
}

/** @throws Refusal when a narrower scope than the account is asked for */
function checkScope({ caller, fail }: Finding<'EntityNotExists.ResourceGroup'>, scope: string | undefined): void {
  if (scope !== undefined && scope !== caller.accountId) throw fail('EntityNotExists.ResourceGroup')
}

interface Asked {
  readonly PolicyType: PolicyName['type']
  readonly PolicyName: string
  readonly ResourceGroupId: string | undefined
}

/** As the codes of RAM name what a policy is attached to. */
const words = { user: 'User', group: 'Group', role: 'Role' } as const

type Word<K extends Target['kind']> = (typeof words)[K]
type Scoped = 'EntityNotExists.ResourceGroup' | 'EntityNotExist.Policy'

/** What the AttachPolicyTo… operations do, with what each finds by its own name. */
export async function attachPolicy<K extends Target['kind']>(
  context: Finding<Scoped | `EntityAlreadyExists.${Word<K>}.Policy` | `LimitExceeded.${Word<K>}.Policy`> &
    Pick<OperationContext, 'now'>,
  { PolicyType, PolicyName, ResourceGroupId }: Asked,
  kind: K,
  find: () => Promise<{ readonly id: string }>,
): Promise<Readonly<Record<string, never>>> {
  const { ram, caller, now, fail } = context
  checkScope(context, ResourceGroupId)
  const target = { kind, id: (await find()).id }
  const policy = await existingPolicy(context, { type: PolicyType, name: PolicyName })
  const attached = await ram.attachments.to(target)
  if (isAttached(attached, policy)) throw fail(`EntityAlreadyExists.${words[kind]}.Policy`)
  if (isFull(attached, policy.type)) throw fail(`LimitExceeded.${words[kind]}.Policy`)

  await ram.attachments.attach(caller.accountId, policy, target, now)
  return {}
}

/** What the DetachPolicyFrom… operations do. */
export async function detachPolicy<K extends Target['kind']>(
  context: Finding<Scoped | `EntityNotExist.${Word<K>}.Policy`>,
  { PolicyType, PolicyName, ResourceGroupId }: Asked,
  kind: K,
  find: () => Promise<{ readonly id: string }>,
): Promise<Readonly<Record<string, never>>> {
  const { ram, caller, fail } = context
  checkScope(context, ResourceGroupId)
  const target = { kind, id: (await find()).id }
  const policy = await existingPolicy(context, { type: PolicyType, name: PolicyName })
  if (!isAttached(await ram.attachments.to(target), policy)) throw fail(`EntityNotExist.${words[kind]}.Policy`)

  await ram.attachments.detach(caller.accountId, policy, target)
  return {}
}

export const attachedFields = { ...policyFields, AttachDate: stringField } as const

/** The policies attached to a target, as they are listed. */
export async function attachedPolicies({ ram, caller }: Pick<OperationContext, 'ram' | 'caller'>, target: Target) {
  const shown = []
  for (const { policy: name, attachedAt } of await ram.attachments.to(target)) {
    const policy = await findPolicy(ram, caller.accountId, name)
    if (policy === undefined) throw new Error(`The ${name.type} policy ${name.name} is attached but not there.`)
    shown.push({ ...shownPolicy(policy), AttachDate: date(attachedAt) })
  }
  return shown
}
