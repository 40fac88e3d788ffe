import { stringField } from '../../declare/index.ts'
import type { Attachment, PolicyName, Target } from '../../store/access/attachments.ts'
import type { OperationContext } from '../context.ts'
import { date, policyFields, shownPolicy } from './answers.ts'
import type { Finding } from './find-or-refuse.ts'
import { findPolicy } from './known-policy.ts'
import { limits } from './limits.ts'

export function isAttached(attached: readonly Attachment[], { type, name }: PolicyName): boolean {
  return attached.some(({ policy }) => policy.type === type && policy.name === name)
}

/** No policy of this type more can be attached. */
export function isFull(attached: readonly Attachment[], type: PolicyName['type']): boolean {
  return attached.filter(({ policy }) => policy.type === type).length >= limits.attached[type]
}

/** @throws Refusal when a narrower scope than the account is asked for */
export function checkScope(
  { caller, fail }: Finding<'EntityNotExists.ResourceGroup'>,
  scope: string | undefined,
): void {
  if (scope !== undefined && scope !== caller.accountId) throw fail('EntityNotExists.ResourceGroup')
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
