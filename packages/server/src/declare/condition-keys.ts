import type { Operation } from './operation.ts'

/** What a condition of a policy may ask about every request. The address is left out where the connection is gone already. */
export const commonConditionKeys = [
  'acs:CurrentTime',
  'acs:MFAPresent',
  'acs:PrincipalARN',
  'acs:SecureTransport',
  'acs:SourceIp',
] as const

/** What a condition may ask about requests for this operation besides. */
export function conditionKeysOf({ params }: Pick<Operation, 'params'>): readonly string[] {
  return Object.hasOwn(params, 'Tag') ? ['acs:RequestTag/<key>'] : []
}
