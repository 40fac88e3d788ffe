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
export function conditionKeysOf(operation: Pick<Operation, 'params' | 'access'>): readonly string[] {
  const own = Object.keys(operation.access.conditions ?? {})
  return readsTags(operation) ? [...own, 'acs:RequestTag/<key>'] : own
}

/** Whether conditions may ask about tags of the request. */
export function readsTags({ params }: Pick<Operation, 'params'>): boolean {
  return Object.hasOwn(params, 'Tag')
}
