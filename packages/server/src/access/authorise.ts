import { readsTags } from '../declare/condition-keys.ts'
import { spreadJson } from '../declare/json-list.ts'
import type { Operation } from '../declare/operation.ts'
import type { RawParams } from '../declare/params.ts'
import { isRegion } from '../model/regions.ts'
import type { Scope } from '../model/scope.ts'
import type { Tags } from '../model/tags.ts'
import type { TagReader } from '../store/fleet/tags.ts'
import type { Caller, RoleSessionCaller, UserCaller } from './caller.ts'
import { type Circumstances, conditionContext, withResourceTags } from './circumstances.ts'
import type { Bounds, CompiledPolicyCache } from './compiled-policies.ts'
import type { AccessDenied, Deny, PolicyType } from './denial.ts'
import { type CompiledPolicies, type ConditionContext, evaluateAny, visibleIn } from './policy/index.ts'
import { instanceIn, soleInstance } from './resources.ts'
import type { Rights } from './rights.ts'

/** What of an operation decides who may call it. */
type Asking = Pick<Operation, 'access' | 'params'>

export interface AccessQuestion {
  readonly caller: Caller
  readonly rights: Rights
  readonly operation: Asking
  /** As sent: access is decided before the parameters are found acceptable. */
  readonly raw: RawParams
  /** What the request is about, see `resources.ts`; all of them must be allowed. */
  readonly resources: readonly string[]
  /** What a call granted on `*` only is about, where its parameters do not tell. */
  readonly about?: readonly string[] | undefined
  readonly circumstances: Circumstances
}

/** The caller may have the list, and see this part of it. */
export interface InPart {
  readonly scope: Scope
}

/** The caller may, by the tags that were read: whoever runs the call asks again in its unit of work. */
interface ByTags {
  /**
   * The same question by the same policies, which are in memory: a unit of work may wait for nothing but what it reads itself.
   *
   * @param within where the tags of instances are read
   */
  readonly again: (within: TagsWithin) => Promise<AccessAnswer>
}

export type AccessAnswer = AccessDenied | InPart | ByTags | undefined

/** The same as of the unit of work that it reads in. */
export type TagsWithin = Pick<TagReader, 'ofInstances'>

/** Undefined when the caller may run the operation on the resources its parameters name. */
export type Authorise = (question: AccessQuestion) => AccessAnswer | Promise<AccessAnswer>

export function isDenied(answer: AccessAnswer): answer is AccessDenied {
  return answer !== undefined && !('scope' in answer) && !('again' in answer)
}

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
      ? bounds.then((loaded) => decided(loaded, caller, question))
      : decided(bounds, caller, question)

    function decided(bounds: Bounds, caller: UserCaller | RoleSessionCaller, question: AccessQuestion) {
      const { compiled, session } = bounds
      if (compiled.tagKeys.length === 0 && (session === undefined || session.tagKeys.length === 0)) {
        return decide(bounds, caller, question, untagged, deny)
      }
      const keys = [...compiled.tagKeys, ...(session?.tagKeys ?? [])]
      return decideByTags(bounds, caller, question, keys, policies.tags, deny)
    }
  }
}

/** Tags as far as they were read. */
interface KnownTags {
  /** Of the list that is asked for: all of its tags that conditions name. */
  readonly inUse?: Tags | 'too many'
  /** Of what the request is about. */
  readonly of: ReadonlyMap<string, Tags>
}

const untagged: KnownTags = { of: new Map() }

async function decideByTags(
  bounds: Bounds,
  caller: UserCaller | RoleSessionCaller,
  question: AccessQuestion,
  keys: readonly string[],
  reader: TagReader,
  deny: Deny,
): Promise<AccessAnswer> {
  const { accountId } = caller
  const { access } = question.operation
  if ((access.lists ?? access.sums) === 'smartag') {
    const inUse = (await reader.inUse(accountId, keys)) ?? 'too many'
    return decide(bounds, caller, question, { ...untagged, inUse }, deny)
  }
  const ids = instancesOf(question)
  if (ids.size === 0) return decide(bounds, caller, question, untagged, deny)
  const tags = await reader.ofInstances(accountId, [...new Set(ids.values())])
  const of = new Map([...ids].map(([resource, id]) => [resource, tags.get(id) ?? []]))
  const again = (within: TagsWithin) => decideByTags(bounds, caller, question, keys, { ...reader, ...within }, deny)
  return decide(bounds, caller, question, { of }, deny) ?? { again }
}

/** The instances of the caller's account that the resources are, by these. What is anything else has no tags. */
function instancesOf({ caller, operation, raw, resources, about }: AccessQuestion): ReadonlyMap<string, string> {
  const ids = new Map<string, string>()
  const named = about?.length === 1 ? instanceIn(about[0] ?? '', caller.accountId) : undefined
  for (const resource of resources) {
    const id = resource === '*' ? (named ?? soleInstance(operation, raw)) : instanceIn(resource, caller.accountId)
    if (id !== undefined) ids.set(resource, id)
  }
  return ids
}

const noTags: RawParams = new Map()

/** Where the tags of a request are, as the operation reads them: what it does not read must decide nothing. */
function tagsAsked(operation: Asking, raw: RawParams): RawParams {
  if (!readsTags(operation)) return noTags
  return operation.params['Tag']?.state.isJsonToo === true ? (spreadJson(raw, 'Tag') ?? noTags) : raw
}

/** What the request says under the condition keys of its product, by their names in lower case. */
function conditionsAsked({ conditions }: Operation['access'], raw: RawParams): ConditionContext | undefined {
  if (conditions === undefined) return undefined
  const asked = new Map<string, readonly string[]>()
  for (const [key, valueIn] of Object.entries(conditions)) {
    const value = valueIn(raw)
    if (value !== undefined) asked.set(key.toLowerCase(), [value])
  }
  return asked
}

interface Asked {
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly contextOf?: ReadonlyMap<string, ConditionContext> | undefined
}

function decide(
  { applied, compiled, session }: Bounds,
  caller: UserCaller | RoleSessionCaller,
  { operation, raw, resources, circumstances }: AccessQuestion,
  tags: KnownTags,
  deny: Deny,
): AccessAnswer {
  const { access } = operation
  const context = conditionContext(caller, circumstances, tagsAsked(operation, raw), conditionsAsked(access, raw))
  const own: Asked = {
    actions: actionsOf(access),
    resources,
    contextOf:
      tags.of.size === 0
        ? undefined
        : new Map([...tags.of].map(([resource, of]) => [resource, withResourceTags(context, of)])),
  }

  function denied(policies: CompiledPolicies, policyType: PolicyType, { actions, resources, contextOf }: Asked) {
    const { action, decision } = evaluateAny(policies, actions, { resources, context, contextOf })
    if (decision.effect === 'Allow') return undefined
    const policy =
      decision.why === 'ExplicitDeny' && policies === compiled ? applied[decision.by.policy]?.policy : undefined
    const { why, resource } = decision
    const isWhole = access.resource === '*' && action === access.action
    return deny({ caller, action, resource, policyType, why, policy, isWhole })
  }

  function visible(policies: CompiledPolicies, type: 'smartag' | 'ccn'): ReturnType<typeof visibleIn> {
    if (tags.inUse === 'too many') return 'none'
    const named = raw.get('RegionId')?.trim() ?? ''
    const regionId = isRegion(named) ? named : undefined
    const { actions } = own
    const { accountId } = caller
    return visibleIn(policies, { actions, service: 'smartag', type, accountId, regionId, context, tags: tags.inUse })
  }

  const scope: Scope[number][] = []
  const type = access.lists ?? access.sums
  for (const [policies, policyType] of [
    [session, 'SessionPolicy'],
    [compiled, 'AccountLevelIdentityBasedPolicy'],
  ] as const) {
    if (policies === undefined) continue
    const part = type && visible(policies, type)
    const isRefused = part === 'none' || (access.sums !== undefined && part !== 'all')
    if (part === undefined || isRefused) {
      const refused = denied(policies, policyType, own)
      if (refused !== undefined) return refused
      // The policies allow the list and name nothing in it, or more than a list can be cut by; or a part of what is added up.
      if (isRefused) {
        const [resource = '*'] = resources
        return deny({ caller, action: access.action, resource, policyType, why: 'ImplicitDeny' })
      }
    } else if (part !== 'all') scope.push(part)
  }
  for (const action of access.dependent) {
    const asked = { actions: [action], resources: ['*'] }
    const refused =
      (session && denied(session, 'SessionPolicy', asked)) ?? denied(compiled, 'AccountLevelIdentityBasedPolicy', asked)
    if (refused !== undefined) return refused
  }
  return scope.length === 0 ? undefined : { scope }
}

/** Every name by which a policy may mean the operation. */
export function actionsOf({ action, standsFor }: Operation['access']): readonly string[] {
  return standsFor === undefined ? [action] : [action, standsFor]
}
