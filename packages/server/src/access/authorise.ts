import type { Operation } from '../declare/operation.ts'
import type { RawParams } from '../declare/params.ts'
import type { Caller, RoleSessionCaller, UserCaller } from './caller.ts'
import { type Circumstances, conditionContext } from './circumstances.ts'
import type { Bounds, CompiledPolicyCache } from './compiled-policies.ts'
import type { AccessDenied, Deny, PolicyType } from './denial.ts'
import { type AccessRequest, type CompiledPolicies, evaluate } from './policy/index.ts'
import type { Rights } from './rights.ts'

export interface AccessQuestion {
  readonly caller: Caller
  readonly rights: Rights
  readonly operation: Operation
  /** As sent: access is decided before the parameters are found acceptable. */
  readonly raw: RawParams
  /** What the request is about, see `resources.ts`; all of them must be allowed. */
  readonly resources: readonly string[]
  readonly circumstances: Circumstances
}

/** Undefined when the caller may run the operation on the resources its parameters name. */
export type Authorise = (question: AccessQuestion) => AccessDenied | undefined | Promise<AccessDenied | undefined>

/**
 * An explicit denial anywhere wins, otherwise an allowing statement is needed, otherwise it is denied implicitly (D). A
 * session with a policy of its own may do what both that and its role allow.
 */
export function createAuthorise(policies: CompiledPolicyCache, deny: Deny): Authorise {
  return (question) => {
    const { caller, rights, operation } = question
    // The account itself is not subject to policies; what belongs to another account is not found by the operation (D).
    if (caller.kind === 'Account' || operation.access.open === true) return undefined
    const bounds = policies.of(caller, rights)
    // A promise costs a turn, which a request that finds everything in memory need not wait for.
    return bounds instanceof Promise
      ? bounds.then((loaded) => decide(loaded, caller, question, deny))
      : decide(bounds, caller, question, deny)
  }
}

const noTags: RawParams = new Map()

function decide(
  { applied, compiled, session }: Bounds,
  caller: UserCaller | RoleSessionCaller,
  { operation, raw, resources, circumstances }: AccessQuestion,
  deny: Deny,
): AccessDenied | undefined {
  const context = conditionContext(caller, circumstances, Object.hasOwn(operation.params, 'Tag') ? raw : noTags)
  const { access } = operation
  function denied(policies: CompiledPolicies, policyType: PolicyType, request: AccessRequest) {
    const decision = evaluate(policies, request)
    if (decision.effect === 'Allow') return undefined
    const policyName =
      decision.why === 'ExplicitDeny' && policies === compiled ? applied[decision.by.policy]?.policy.name : undefined
    const { why, resource } = decision
    return deny({ caller, action: request.action, resource, policyType, why, policyName })
  }
  const requests = [
    { action: access.action, resources, context },
    ...access.dependent.map((action) => ({ action, resources: ['*'], context })),
  ]
  for (const request of requests) {
    const refused =
      (session && denied(session, 'SessionPolicy', request)) ??
      denied(compiled, 'AccountLevelIdentityBasedPolicy', request)
    if (refused !== undefined) return refused
  }
  return undefined
}
