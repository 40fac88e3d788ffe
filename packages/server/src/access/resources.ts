import type { Operation } from '../declare/operation.ts'
import type { RawParams } from '../declare/params.ts'
import { isRegion } from '../model/regions.ts'
import type { Caller } from './caller.ts'

/**
 * Characters of one name that policies are asked about; everything there is has a shorter one. What is longer is cut: to
 * compare a megabyte with the wildcards of a policy would keep everybody else waiting for a minute.
 */
const longestName = 256

/** A parameter as sent, without the space around it. */
type Given = (name: string) => string | undefined

/**
 * The resources a request is about, as policies name them: `acs:smartag:{region}:{account}:smartag/{SmartAGId}`; all of
 * them must be allowed. A parameter that is not given stands for any. They come from the request alone, so that a
 * refusal tells nothing of what exists; and from what the operation looks at, or whoever adds a parameter that it
 * ignores could say what a policy is asked about.
 */
export function resources(
  caller: Caller,
  { access, params }: Pick<Operation, 'access' | 'params'>,
  raw: RawParams,
): readonly string[] {
  const templates = typeof access.resource === 'string' ? [access.resource] : access.resource
  const given: Given = (name) => (Object.hasOwn(params, name) ? raw.get(name)?.trim() : undefined)
  const named = given('RegionId') ?? ''
  const region = isRegion(named) ? named : '*'
  return templates.map((template) => {
    if (template === '*') return '*'
    const owner = ownerOf(template, given) ?? caller.accountId
    const whole = isWhole(template) ? template : `acs:smartag:${region}:{account}:${template}`
    return whole.replace(/\{([^}]+)\}/g, (_, name: string) => filledWith(name, owner, caller, given))
  })
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
  return given(name)?.slice(0, longestName)
}

function selfOf(caller: Caller): string {
  return caller.kind === 'RAMUser' ? caller.userName : '*'
}

/** An ARN, or a parameter that is one. */
function isWhole(template: string): boolean {
  return template.startsWith('acs:') || template.startsWith('{')
}

/** The account of a resource that the request says is another one's (D: `SmartAGUid`, and `ResourceUid` with `CrossAccount`). */
function ownerOf(template: string, given: Given): string | undefined {
  if (!template.startsWith('smartag/')) return undefined
  const crossing = given('CrossAccount')?.toLowerCase() === 'true' ? given('ResourceUid') : undefined
  const owner = given('SmartAGUid') || crossing
  return owner !== undefined && /^\d{16}$/.test(owner) ? owner : undefined
}
