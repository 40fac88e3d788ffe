import { ApiError } from '@opensag/smartag-client'

const endedCodes: readonly string[] = [
  'InvalidAccessKeyId.NotFound',
  'InvalidAccessKeyId.Inactive',
  'InvalidSecurityToken.Expired',
  'InvalidSecurityToken.Malformed',
  'InvalidSecurityToken.MismatchWithAccessKey',
]

/** The key that signed no longer counts: whoever holds it has to log on again. */
export function endsSession(error: unknown): boolean {
  return error instanceof ApiError && endedCodes.includes(error.code)
}
