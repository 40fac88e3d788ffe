import type { Operation } from '../declare/operation.ts'
import type { RawParams } from '../declare/params.ts'
import type { Caller } from './caller.ts'

export type Decision = 'allow' | 'deny'

/** Decides whether the caller may run the operation on the resources its parameters name. */
export type Authorise = (caller: Caller, operation: Operation, raw: RawParams) => Decision

export const authorise: Authorise = ({ kind }) => {
  switch (kind) {
    // The account itself is not subject to policies; what belongs to another account is not found by the operation (D).
    case 'Account':
      return 'allow'
  }
}

/**
 * The resources a request is about, as policies name them: `acs:smartag:{region}:{account}:smartag/{SmartAGId}`; all of
 * them must be allowed. A parameter that is not given stands for any.
 */
export function resources(caller: Caller, { access }: Operation, raw: RawParams): readonly string[] {
  const templates = typeof access.resource === 'string' ? [access.resource] : access.resource
  const region = raw.get('RegionId') || '*'
  return templates.map((template) => {
    if (template === '*') return '*'
    const id = template.replace(/\{([^}]+)\}/g, (_, name: string) => raw.get(name) || '*')
    return `acs:smartag:${region}:${caller.accountId}:${id}`
  })
}
