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

/** @param password in UTF-8: it is never made a text */
export function meetsPasswordPolicy(policy: PasswordPolicy, password: Uint8Array): boolean {
  const { characters, capitals, smallLetters, digits, others } = kindsOf(password)
  return (
    characters >= policy.minimumLength &&
    (!policy.requireLowercase || smallLetters) &&
    (!policy.requireUppercase || capitals) &&
    (!policy.requireNumbers || digits) &&
    (!policy.requireSymbols || others)
  )
}

/** How many characters a text in UTF-8 has, and whether it has any of these; letters and digits are those of ASCII. */
export function kindsOf(utf8: Uint8Array): {
  readonly characters: number
  readonly capitals: boolean
  readonly smallLetters: boolean
  readonly digits: boolean
  readonly others: boolean
} {
  const found = { characters: 0, capitals: false, smallLetters: false, digits: false, others: false }
  for (const byte of utf8) {
    // All bytes of a character but the first are 10xxxxxx.
    if ((byte & 0xc0) !== 0x80) found.characters++
    if (byte >= 0x41 && byte <= 0x5a) found.capitals = true
    else if (byte >= 0x61 && byte <= 0x7a) found.smallLetters = true
    else if (byte >= 0x30 && byte <= 0x39) found.digits = true
    else found.others = true
  }
  return found
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
