import type { Operation } from '../declare/operation.ts'
import type { RawParams } from '../declare/params.ts'
import { isRegion } from '../model/regions.ts'
import type { Caller } from './caller.ts'

export type Decision = 'allow' | 'deny'

/** Decides whether the caller may run the operation on the resources its parameters name. */
export type Authorise = (caller: Caller, operation: Operation, raw: RawParams) => Decision

export const authorise: Authorise = ({ kind }, operation) => {
  switch (kind) {
    // The account itself is not subject to policies; what belongs to another account is not found by the operation (D).
    case 'Account':
      return 'allow'
    // Policies are not read yet, and without one that allows it nothing is allowed.
    case 'RAMUser':
    case 'AssumedRole':
      return operation.access.open === true ? 'allow' : 'deny'
  }
}

/**
 * The resources a request is about, as policies name them: `acs:smartag:{region}:{account}:smartag/{SmartAGId}`; all of
 * them must be allowed. A parameter that is not given stands for any. Services without regions have nothing in that
 * place, which a policy may write as `*` or leave out.
 */
export function resources(caller: Caller, { access }: Operation, raw: RawParams): readonly string[] {
  const templates = typeof access.resource === 'string' ? [access.resource] : access.resource
  const given = raw.get('RegionId') ?? ''
  const region = isRegion(given) ? given : '*'
  return templates.map((template) => {
    if (template === '*') return '*'
    const whole = template.startsWith('acs:') ? template : `acs:smartag:${region}:{account}:${template}`
    return whole
      .replace(/^acs:(ram|sts):\*:/, 'acs:$1::')
      .replace(/\{([^}]+)\}/g, (_, name: string) => (name === 'account' ? caller.accountId : raw.get(name) || '*'))
  })
}
