/** Why a call was denied, as `AccessDeniedDetail` tells it. */
export interface Denied {
  /** What a policy would have to allow. */
  readonly action: string
  /** What the call was about. */
  readonly resource: string | undefined
  /** Where no policy about a single resource allows it. */
  readonly hint: string | undefined
}

/** The API refused a call, in its own words. */
export class ApiError<Code extends string = string> extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: Code
  readonly requestId: string
  /** `Product:Operation` that was called. */
  readonly operation: string
  /** Policies do not allow the call. */
  readonly denied: Denied | undefined

  constructor(answer: {
    readonly status: number
    readonly code: Code
    readonly message: string
    readonly requestId: string
    readonly operation: string
    readonly denied?: Denied | undefined
  }) {
    super(answer.message)
    this.status = answer.status
    this.code = answer.code
    this.requestId = answer.requestId
    this.operation = answer.operation
    this.denied = answer.denied
  }
}

/** The server could not be reached, or what answered was not it. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}
