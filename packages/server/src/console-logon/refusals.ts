import { singleSignOnRefusals } from './oidc/refusals.ts'

/** Every answer of the console's logon that is no success. All of it is ours: the real console's is not published. */
export const refusals = {
  InvalidRequest: [400, 'The request is not what this endpoint takes.'],
  /** Unknown account or user, no login profile and wrong password alike: who guesses learns nothing. */
  LogonFailed: [401, 'The user name or the password is wrong.'],
  PasswordResetRequired: [403, 'A new password must be set at this logon.'],
  InvalidNewPassword: [400, 'The new password does not meet the rules for passwords, or is the old one.'],
  PasswordExpired: [403, 'The password has expired. An administrator must set a new one.'],
  NetworkNotAllowed: [403, 'The account does not allow a logon from this network.'],
  SecondFactorRequired: [403, 'A second factor is needed.'],
  SecondFactorFailed: [403, 'The second factor is wrong, too old or was used before.'],
  SecurityKeyCopied: [403, 'The security key has signed less often than before: it may be a copy.'],
  SecurityKeyElsewhere: [403, 'The security keys of the user were added at another address of the console.'],
  SecondFactorNotBound: [403, 'The user must have a second factor and has none. Bind one at this logon.'],
  SecondFactorNotProven: [403, 'The new second factor has not proved itself, or it took too long. Nothing is bound.'],
  ...singleSignOnRefusals,
  RequestBodyTooLarge: [413, 'The request body is too large.'],
  TooManyAttempts: [429, 'Too many wrong passwords. Try again later.'],
  InternalError: [500, 'The request has failed due to an internal error.'],
  ServerBusy: [503, 'Too many are logging on at once. Try again soon.'],
} as const satisfies Readonly<Record<string, readonly [status: number, message: string]>>

export type RefusalCode = keyof typeof refusals

/** An answer, not a defect. */
export class ConsoleLogonRefusal extends Error {
  override readonly name = 'ConsoleLogonRefusal'
  readonly code: RefusalCode
  /** Seconds after which it may go better. */
  readonly retryAfter: number | undefined
  /** What else the answer says. */
  readonly more: Readonly<Record<string, unknown>>

  constructor(code: RefusalCode, retryAfter?: number, more: Readonly<Record<string, unknown>> = {}) {
    super(refusals[code][1])
    this.code = code
    this.retryAfter = retryAfter
    this.more = more
  }
}
