import type { Operation } from '../declare/operation.ts'
import type { RawParams } from '../declare/params.ts'
import { isRegion } from '../model/regions.ts'
import type { Caller } from './caller.ts'

/**
 * The resources a request is about, as policies name them: `acs:smartag:{region}:{account}:smartag/{SmartAGId}`; all of
 * them must be allowed. A parameter that is not given stands for any. They come from the request alone, so that a
 * refusal tells nothing of what exists.
 */
export function resources(caller: Caller, { access }: Pick<Operation, 'access'>, raw: RawParams): readonly string[] {
  const templates = typeof access.resource === 'string' ? [access.resource] : access.resource
  const given = raw.get('RegionId') ?? ''
  const region = isRegion(given) ? given : '*'
  return templates.map((template) => {
    if (template === '*') return '*'
    const owner = ownerOf(template, raw) ?? caller.accountId
    const whole = isWhole(template) ? template : `acs:smartag:${region}:{account}:${template}`
    return whole.replace(/\{([^}]+)\}/g, (_, name: string) => filledWith(name, owner, caller, raw))
  })
}

/** What stands for `{name}`. As everywhere, blank is the same as not given. */
function filledWith(name: string, owner: string, caller: Caller, raw: RawParams): string {
  const given = raw.get(name)?.trim()
  switch (name) {
    case 'account':
      return owner
    // Policies of the system belong to no account: `acs:ram:*:system:policy/{PolicyName}` (D).
    case 'policyOwner':
      return raw.get('PolicyType') === 'System' ? 'system' : owner
    case 'self':
      return selfOf(caller)
    // Who does not name a user, where that is allowed, means himself.
    case 'UserName':
      return given || selfOf(caller)
    default:
      return given || '*'
  }
}

function selfOf(caller: Caller): string {
  return caller.kind === 'RAMUser' ? caller.userName : '*'
}

/** An ARN, or a parameter that is one. */
function isWhole(template: string): boolean {
  return template.startsWith('acs:') || template.startsWith('{')
}

/** The account of a resource that the request says is another one's (D: `SmartAGUid`, and `ResourceUid` with `CrossAccount`). */
function ownerOf(template: string, raw: RawParams): string | undefined {
  if (!template.startsWith('smartag/')) return undefined
  const crossing = raw.get('CrossAccount')?.trim().toLowerCase() === 'true' ? raw.get('ResourceUid') : undefined
  const owner = (raw.get('SmartAGUid')?.trim() || crossing)?.trim()
  return owner !== undefined && /^\d{16}$/.test(owner) ? owner : undefined
}
