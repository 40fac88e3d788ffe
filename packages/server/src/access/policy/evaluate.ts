import { type Resource, readResource } from './arn.ts'
import type { CompiledPolicies, CompiledStatement, StatementIndex, StatementRef } from './compile.ts'
import type { ConditionContext } from './condition.ts'
import type { Principal, PrincipalType } from './policy.ts'

export interface AccessRequest {
  /** `smartag:DescribeRegions`; case does not count. */
  readonly action: string
  /** All of them must be allowed, and none denied. None at all is taken for `*`. */
  readonly resources: readonly string[]
  readonly context: ConditionContext
  /** What is known where it is about one of these resources, in place of `context`: their tags differ. */
  readonly contextOf?: ReadonlyMap<string, ConditionContext> | undefined
  /** Who asks, for trust policies: without it no statement of one applies. */
  readonly trustee?: Trustee
}

/** Every name by which a trust policy may mean the one who asks. */
export interface Trustee {
  readonly type: PrincipalType
  readonly names: readonly string[]
}

export type Decision =
  | { readonly effect: 'Allow'; readonly by: StatementRef }
  | { readonly effect: 'Deny'; readonly why: 'ExplicitDeny'; readonly by: StatementRef; readonly resource: string }
  | { readonly effect: 'Deny'; readonly why: 'ImplicitDeny'; readonly resource: string }

/**
 * A deny that applies to any of the resources wins; otherwise every resource needs an allow (RAM, "Policy evaluation
 * process", D). `by` is a statement that decided; when several did, which one is unspecified.
 */
export function evaluate(compiled: CompiledPolicies, request: AccessRequest): Decision {
  const action = request.action.toLowerCase()
  const resources = (request.resources.length === 0 ? ['*'] : request.resources).map(readResource)
  for (const resource of resources) {
    const by = decisive(compiled.Deny, action, resource, request)
    if (by !== undefined) return { effect: 'Deny', why: 'ExplicitDeny', by, resource: resource.text }
  }
  let allowedBy: StatementRef | undefined
  for (const resource of resources) {
    const by = decisive(compiled.Allow, action, resource, request)
    if (by === undefined) return { effect: 'Deny', why: 'ImplicitDeny', resource: resource.text }
    allowedBy ??= by
  }
  if (allowedBy === undefined) throw new Error('A request without any resource was decided.')
  return { effect: 'Allow', by: allowedBy }
}

/** The decision on a call that a policy may mean by any of several actions: a deny of any of them wins. */
export function evaluateAny(
  compiled: CompiledPolicies,
  actions: readonly string[],
  request: Omit<AccessRequest, 'action'>,
): { readonly action: string; readonly decision: Decision } {
  const decided = actions.map((action) => ({ action, decision: evaluate(compiled, { ...request, action }) }))
  const decisive =
    decided.find(({ decision }) => 'why' in decision && decision.why === 'ExplicitDeny') ??
    decided.find(({ decision }) => decision.effect === 'Allow') ??
    decided[0]
  if (decisive === undefined) throw new Error('A request without any action was decided.')
  return decisive
}

function decisive(
  { byAction, byResource, always }: StatementIndex,
  action: string,
  resource: Resource,
  request: AccessRequest,
): StatementRef | undefined {
  let found: StatementRef | undefined
  const context = request.contextOf?.get(resource.text) ?? request.context
  function applies({ ref, rule }: CompiledStatement): boolean {
    const { matchesAction, matchesResource, principal, conditions } = rule()
    const fits =
      matchesAction(action) &&
      matchesResource(resource) &&
      (principal === undefined || trusts(principal, request.trustee)) &&
      conditions.every(({ holds }) => holds(context))
    if (fits) found = ref
    return fits
  }
  if (!byAction.some(action, applies) && !byResource.some(resource.relative, applies)) always.some(applies)
  return found
}

function trusts(principal: Principal, trustee: Trustee | undefined): boolean {
  const trusted = trustee === undefined ? undefined : principal[trustee.type]
  return trusted !== undefined && trustee?.names.some((name) => trusted.includes(name)) === true
}

/**
 * The names by which a trust policy may mean a user or role of an account: its own, and the account's root, which stands
 * for all of its users and roles (RAM, "Modify the trust policy of a RAM role", D).
 */
export function ramTrustee(accountId: string, identity: `user/${string}` | `role/${string}`): Trustee {
  return { type: 'RAM', names: [`acs:ram::${accountId}:${identity}`, `acs:ram::${accountId}:root`] }
}
