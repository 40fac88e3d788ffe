/** The rules of an account for the passwords with which its users log on to the console. */
export interface PasswordPolicy {
  /** Characters, 8–32. */
  readonly minimumLength: number
  readonly requireLowercase: boolean
  readonly requireUppercase: boolean
  readonly requireNumbers: boolean
  readonly requireSymbols: boolean
  /** Days a password counts; 0: for ever. */
  readonly maxAgeDays: number
  /** Whether an administrator must replace an expired password; otherwise its user does at the next logon. */
  readonly hardExpiry: boolean
  /** How many former passwords cannot be set again; 0: all can. */
  readonly reusePrevention: number
  /** Wrong passwords in an hour after which a user cannot log on; 0: no such limit. */
  readonly maxAttempts: number
}

/** Of every account that has set none. Whatever an account says, the floor of `access/login-password.ts` holds as well. */
export const defaultPasswordPolicy: PasswordPolicy = {
  minimumLength: 8,
  requireLowercase: false,
  requireUppercase: false,
  requireNumbers: false,
  requireSymbols: false,
  maxAgeDays: 0,
  hardExpiry: false,
  reusePrevention: 0,
  // (C) The page names no default. Guessing is slowed down anyway, and a limit lets strangers lock users out.
  maxAttempts: 0,
}

/** What SetPasswordPolicy may ask for. */
export const passwordPolicyRanges = {
  minimumLength: [8, 32],
  maxAgeDays: [0, 1095],
  reusePrevention: [0, 24],
  maxAttempts: [0, 32],
} as const

export function meetsPasswordPolicy(policy: PasswordPolicy, password: string): boolean {
  return (
    [...password].length >= policy.minimumLength &&
    (!policy.requireLowercase || /[a-z]/.test(password)) &&
    (!policy.requireUppercase || /[A-Z]/.test(password)) &&
    (!policy.requireNumbers || /[0-9]/.test(password)) &&
    (!policy.requireSymbols || /[^A-Za-z0-9]/.test(password))
  )
}

const day = 24 * 60 * 60 * 1000
const hour = 60 * 60 * 1000

export function isExpired({ maxAgeDays }: PasswordPolicy, changedAt: number, now: number): boolean {
  return maxAgeDays > 0 && now - changedAt >= maxAgeDays * day
}

/** Wrong passwords that count together: those of the hour that began with the first of them. */
export interface Failures {
  readonly count: number
  readonly since: number | undefined
}

export function isLockedOut({ maxAttempts }: PasswordPolicy, failures: Failures, now: number): boolean {
  return maxAttempts > 0 && inThisHour(failures, now).count >= maxAttempts
}

export function afterFailure(failures: Failures, now: number): Failures {
  const { count, since } = inThisHour(failures, now)
  return { count: count + 1, since: since ?? now }
}

function inThisHour(failures: Failures, now: number): Failures {
  const { since } = failures
  // A clock that went back would otherwise lock out for longer than an hour.
  const isOver = since === undefined || now - since >= hour || now < since
  return isOver ? { count: 0, since: undefined } : failures
}
