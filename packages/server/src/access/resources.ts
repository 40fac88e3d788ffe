import { writable } from '@opensag/rules'
import type { Operation } from '../declare/operation.ts'
import type { RawParams } from '../declare/params.ts'
import { isRegion } from '../model/regions.ts'
import type { Owners } from '../store/resource-owners.ts'
import type { Caller } from './caller.ts'

/**
 * Characters of one name that policies are asked about; everything there is has a shorter one. What is longer is cut: to
 * compare a megabyte with the wildcards of a policy would keep everybody else waiting for a minute.
 */
const longestName = 256

/** A parameter as sent, without the space around it. */
type Given = (name: string) => string | undefined

const noOwners: Owners = new Map()

type Access = Pick<Operation, 'access' | 'params'>

/**
 * The resources a request is about, as policies name them: `acs:smartag:{region}:{account}:smartag/{SmartAGId}`; all of
 * them must be allowed. A parameter that is not given stands for any. They come from what the operation looks at, or
 * whoever adds a parameter that it ignores could say what a policy is asked about. The account is that of the owner, as
 * the request or `owners` names it, and the caller's where neither does.
 */
export function resources(
  caller: Caller,
  operation: Access,
  raw: RawParams,
  owners: Owners = noOwners,
): readonly string[] {
  const given = givenOf(operation, raw)
  const named = given('RegionId') ?? ''
  const region = isRegion(named) ? named : '*'
  return templatesOf(operation).map((template) => {
    if (template === '*') return '*'
    const owner = namedOwner(template, given) ?? owners.get(soleName(template, given) ?? '') ?? caller.accountId
    const whole = isWhole(template) ? template : `acs:smartag:${region}:{account}:${template}`
    return whole.replace(/\{([^}]+)\}/g, (_, name: string) => filledWith(name, owner, caller, given))
  })
}

/**
 * The ids whose owner only the store knows: of operations that tell another account's resource from none, where the
 * request does not name the owner. Every other operation is asked about from the request alone, so that a refusal
 * tells nothing of what exists.
 */
export function idsOfUnknownOwner(operation: Access, raw: RawParams): readonly string[] {
  if (operation.access.tellsOthersApart !== true) return none
  const given = givenOf(operation, raw)
  return templatesOf(operation).flatMap((template) => {
    const id = namedOwner(template, given) === undefined ? soleName(template, given) : undefined
    return id === undefined ? [] : [id]
  })
}

const none: readonly string[] = []

/** The instance of the account that an ARN names whole. */
export function instanceIn(resource: string, accountId: string): string | undefined {
  const [, account, id] = /^acs:smartag:[^:]*:(\d+):smartag\/([\w-]+)$/.exec(resource) ?? []
  return account === accountId ? id : undefined
}

/** Parameters that name more instances than one. */
const several = ['SmartAGIds', 'SmartAGIdList']

/** Parameters that name one. Where an operation has several of them, the first does: `InstanceId` can then be that of something else. */
const single = ['SmartAGId', 'SagId', 'SagInsId', 'InstanceId', 'ResourceId']

/** The instance that a call granted on `*` only is about, where it names one: so that the tags of that one can decide. */
export function soleInstance(operation: Access, raw: RawParams): string | undefined {
  const has = (name: string): boolean => Object.hasOwn(operation.params, name)
  const name = several.some(has) ? undefined : single.find(has)
  return name === undefined ? undefined : nameIn(name, givenOf(operation, raw)) || undefined
}

function templatesOf({ access }: Access): readonly string[] {
  return typeof access.resource === 'string' ? [access.resource] : access.resource
}

function givenOf({ params }: Access, raw: RawParams): Given {
  return (name) => (Object.hasOwn(params, name) ? raw.get(name)?.trim() : undefined)
}

/** What `smartag/{SmartAGId}` or `ccn/{CcnId}` names in this request. */
function soleName(template: string, given: Given): string | undefined {
  const [, name] = /^(?:smartag|ccn)\/\{(\w+)\}$/.exec(template) ?? []
  return name === undefined ? undefined : nameIn(name, given) || undefined
}

/** What stands for `{name}`. As everywhere, blank is the same as not given. */
function filledWith(name: string, owner: string, caller: Caller, given: Given): string {
  switch (name) {
    case 'account':
      return owner
    // Policies of the system belong to no account: `acs:ram:*:system:policy/{PolicyName}` (D).
    case 'policyOwner':
      return given('PolicyType') === 'System' ? 'system' : owner
    case 'self':
      return selfOf(caller)
    // Who does not name a user, where that is allowed, means himself.
    case 'UserName':
      return nameIn(name, given) || selfOf(caller)
    default:
      return nameIn(name, given) || '*'
  }
}

function nameIn(name: string, given: Given): string | undefined {
  const text = given(name)?.slice(0, longestName)
  // Kept in the audit trail and shown in a denial, also of a call that is refused for this parameter.
  return text === undefined ? undefined : writable(text)
}

function selfOf(caller: Caller): string {
  return caller.kind === 'RAMUser' ? caller.userName : '*'
}

/** An ARN, or a parameter that is one. */
function isWhole(template: string): boolean {
  return template.startsWith('acs:') || template.startsWith('{')
}

/** The account of a resource that the request says is another one's (D: `SmartAGUid`, and `ResourceUid` with `CrossAccount`). */
function namedOwner(template: string, given: Given): string | undefined {
  if (!template.startsWith('smartag/')) return undefined
  const crossing = given('CrossAccount')?.toLowerCase() === 'true' ? given('ResourceUid') : undefined
  const owner = given('SmartAGUid') || crossing
  return owner !== undefined && /^\d{16}$/.test(owner) ? owner : undefined
}
