/** The API refused a call, in its own words. */
export class ApiError<Code extends string = string> extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: Code
  readonly requestId: string
  /** `Product:Operation` that was called. */
  readonly operation: string

  constructor(answer: {
    readonly status: number
    readonly code: Code
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
