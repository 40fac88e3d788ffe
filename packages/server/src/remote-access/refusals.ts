import type { Obstacle } from '../model/logon.ts'

/**
 * Every answer of the remote-access endpoint that is no success. All of it is ours (C): the real service speaks a
 * protocol of its own that is not published.
 */
export const refusals = {
  InvalidRequest: [400, 'The request is not what this endpoint takes.'],
  /** Unknown code, instance, account and wrong password alike: who guesses learns nothing. */
  LogonFailed: [401, 'The enterprise code or instance, the user name or the password is wrong.'],
  SessionEnded: [401, 'The session has ended. Log on again.'],
  UserDisabled: [403, 'The account is disabled.'],
  InstanceNotActivated: [403, 'The remote-access service is not paid for yet.'],
  InstanceInArrears: [403, 'The remote-access service is overdue or has expired.'],
  InstanceNotInCcn: [403, 'The remote-access service is not in a cloud connect network.'],
  NoTunnel: [409, 'No point of presence serves tunnels to this service.'],
  SessionExists: [409, 'The account is logged on already.'],
  AddressNotInPool: [409, 'The fixed address of the account is not one of the pool.'],
  AddressInUse: [409, 'The fixed address of the account is in use.'],
  PoolExhausted: [409, 'Every address of the pool is in use.'],
  RequestBodyTooLarge: [413, 'The request body is too large.'],
  TooManyAttempts: [429, 'Too many wrong passwords. Try again later.'],
  InternalError: [500, 'The request has failed due to an internal error.'],
  ServerBusy: [503, 'Too many are logging on at once. Try again soon.'],
} as const satisfies Readonly<Record<string, readonly [status: number, message: string]>> &
  Readonly<Record<Obstacle, unknown>>

export type RefusalCode = keyof typeof refusals

/** An answer, not a defect. */
export class LogonRefusal extends Error {
  override readonly name = 'LogonRefusal'
  readonly code: RefusalCode
  /** Seconds after which it may go better. */
  readonly retryAfter: number | undefined

  constructor(code: RefusalCode, retryAfter?: number) {
    super(refusals[code][1])
    this.code = code
    this.retryAfter = retryAfter
  }
}
