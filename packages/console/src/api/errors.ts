/** The API refused, in its own words. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly requestId: string
  /** `Product:Operation` that was called. */
  readonly operation: string

  constructor(answer: {
    readonly status: number
    readonly code: string
    readonly message: string
    readonly requestId: string
    readonly operation: string
  }) {
    super(answer.message)
    this.status = answer.status
    this.code = answer.code
    this.requestId = answer.requestId
    this.operation = answer.operation
  }
}

/** The server could not be reached, or what answered was not it. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

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

/** Permission is missing; asking again changes nothing until somebody grants it. */
export function isForbidden(error: unknown): boolean {
  return error instanceof ApiError && error.status === 403 && /^Forb+iden|^NoPermission/i.test(error.code)
}
