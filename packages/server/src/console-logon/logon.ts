import { type Secret, sourceOf } from '@opensag/protocol'
import type { Logger } from 'pino'
import { auditFacts } from '../access/audit-facts.ts'
import type { Caller } from '../access/caller.ts'
import { hashClientPassword } from '../access/client-passwords.ts'
import type { Failure } from '../access/failures.ts'
import { mayLogOnFrom } from '../access/login-networks.ts'
import { isAcceptablePassword } from '../access/new-login-password.ts'
import type { Site } from '../access/security-keys/site.ts'
import { isExpired, isLockedOut } from '../model/password-policy.ts'
import { createCrowdLimit } from '../remote-access/crowd-limit.ts'
import { createPasswords } from '../remote-access/passwords.ts'
import { type Attempt, createLogonThrottle } from '../remote-access/throttle.ts'
import { newRequestId } from '../request-id.ts'
import type { Sealer } from '../sealing/sealing.ts'
import { createRam } from '../store/access/ram.ts'
import type { SessionCredentials } from '../store/access/session-credentials.ts'
import type { AuditEntry } from '../store/audit/audit.ts'
import { detailsText } from '../store/audit/details.ts'
import type { Store, Writer } from '../store/store.ts'
import { addConsoleSession } from './console-session.ts'
import { lacksFactor } from './first-factor.ts'
import { type Found, findUser } from './found.ts'
import { ConsoleLogonRefusal, type RefusalCode } from './refusals.ts'
import type { ConsoleLogon } from './request.ts'
import { type Proof, proveFactor, useProof } from './second-factor.ts'

/** A password check takes 19 MiB and tens of milliseconds of a processor. */
const mostAtOnce = 32
export const hour = 60 * 60 * 1000

export interface ConsoleLogonContext {
  readonly store: Store
  readonly sealer: Sealer
  readonly wallClock: () => number
  readonly random: (bytes: number) => Buffer
  readonly newCredentials: () => Omit<SessionCredentials, 'expiresAt'>
  /** Names and addresses of those who guess are kept as hashes under it. */
  readonly guessKey: Secret
  /** Counts an attempt that failed; waits for nothing. */
  readonly noteFailure: (failure: Failure) => void
  readonly logger: Logger
}

type Counted = Extract<Attempt, { readonly allowed: true }>

/**
 * The password was right and no factor was tried: the first half of a logon, which must not count against the many behind one
 * address. Factors that were guessed before stay counted.
 */
const unfinished: ReadonlySet<RefusalCode> = new Set(['SecondFactorRequired', 'SecurityKeyElsewhere'])

/** What a logon comes with beside what it says. */
export interface LogonSource {
  readonly address: string | undefined
  readonly userAgent?: string | undefined
  /** The console as the browser sees it; undefined where it has no security keys. */
  readonly site?: Site | undefined
}

export type LogOnToConsole = (request: ConsoleLogon, from: LogonSource) => Promise<SessionCredentials>

/**
 * A RAM user logs on with a password and is given temporary keys of the same user.
 *
 * Without the right password nothing can be told by text or time but what the request itself says: everybody is
 * throttled by the names they give, and one hash is checked whoever exists.
 */
export function createConsoleLogon(context: ConsoleLogonContext): LogOnToConsole {
  const throttle = createLogonThrottle({ ...context, kind: 'console' })
  const passwords = createPasswords(context.random)
  const oneOfMany = createCrowdLimit(mostAtOnce, () => new ConsoleLogonRefusal('ServerBusy', 1))

  async function logOn(request: ConsoleLogon, from: LogonSource): Promise<SessionCredentials> {
    const { address } = from
    const keys = [`${request.userName.toLowerCase()}@${request.account}`, sourceOf(address)] as const
    const attempt = await throttle.begin(keys, context.wallClock())
    const failed = (reason: RefusalCode, claimed?: Caller): void =>
      context.noteFailure({ action: 'ConsoleSignin', reason, source: address, claimed })
    if (!attempt.allowed) failed('TooManyAttempts')
    if (!attempt.allowed) throw new ConsoleLogonRefusal('TooManyAttempts', Math.ceil(attempt.wait / 1000))
    const found = await findUser(context, request)
    if (!(await passwords.check(found?.profile.passwordHash, request.password)) || found === undefined) {
      failed('LogonFailed', found && userOf(found, ''))
      // No answer waits for it, or its time would tell who exists.
      if (found !== undefined)
        countGuess(context, found).catch((error) => context.logger.error({ err: error }, 'counting a guess failed'))
      throw new ConsoleLogonRefusal('LogonFailed')
    }
    // The answer is that to a wrong password: whoever guesses while the user is locked out must not learn the right one.
    if (isLockedOut(found.rules.policy, found.profile.failures, context.wallClock())) {
      failed('TooManyAttempts', userOf(found, ''))
      throw new ConsoleLogonRefusal('LogonFailed')
    }
    return admit(found, request, from, attempt)
  }

  async function admit(
    found: Found,
    request: ConsoleLogon,
    from: LogonSource,
    attempt: Counted,
  ): Promise<SessionCredentials> {
    const at = context.wallClock()
    const { address } = from
    let newHash: string | undefined
    let proof: Proof
    try {
      const prove = () => proveFactor(context, found, request, { at, site: from.site })
      // Who has none yet binds one last, so that nobody registers a factor in vain.
      const proved = lacksFactor(found) ? undefined : await prove()
      // Nothing is left to guess.
      await attempt.succeeded()
      newHash = await newHashOf(found, request, { at, address })
      proof = proved ?? (await prove())
    } catch (error) {
      if (!(error instanceof ConsoleLogonRefusal)) throw error
      if (unfinished.has(error.code)) await attempt.takeBack()
      await recordRefusal(context, found, address, error.code)
      throw error
    }
    return begin(context, { found, newHash, proof, from })
  }

  return (request, from) => oneOfMany(() => logOn(request, from))
}

/** The hash of the password that replaces the one just given; undefined when that one stays. */
async function newHashOf(
  { profile, rules, preference }: Found,
  { password, newPassword }: ConsoleLogon,
  { at, address }: { readonly at: number; readonly address: string | undefined },
): Promise<string | undefined> {
  if (!mayLogOnFrom(preference, address)) throw new ConsoleLogonRefusal('NetworkNotAllowed')
  const expired = isExpired(rules.policy, profile.passwordChangedAt, at)
  if (expired && rules.policy.hardExpiry) throw new ConsoleLogonRefusal('PasswordExpired')
  if (newPassword === undefined) {
    if (expired || profile.passwordResetRequired) throw new ConsoleLogonRefusal('PasswordResetRequired')
    return undefined
  }
  if (newPassword.reveal() === password.reveal() || !(await isAcceptablePassword(rules, newPassword))) {
    throw new ConsoleLogonRefusal('InvalidNewPassword')
  }
  return hashClientPassword(newPassword)
}

interface Admitted {
  readonly found: Found
  readonly newHash: string | undefined
  readonly proof: Proof
  readonly from: LogonSource
}

/** Whatever changed since the password was checked counts: profile and second factor must be those that were looked at. */
async function begin(
  { store, sealer, wallClock, newCredentials }: ConsoleLogonContext,
  { found, newHash: passwordHash, proof, from }: Admitted,
): Promise<SessionCredentials> {
  const { user, profile, preference } = found
  const { address } = from
  const at = wallClock()
  const credentials = { ...newCredentials(), expiresAt: at + preference.loginSessionHours * hour }
  const unit = async (tx: Writer): Promise<void> => {
    const ram = createRam(tx, sealer)
    const current = await ram.loginProfiles.of(user.id)
    if (current?.passwordHash !== profile.passwordHash) throw new ConsoleLogonRefusal('LogonFailed')
    await useProof(ram, found, proof, at)
    if (passwordHash !== undefined) {
      await ram.loginProfiles.change(user, { passwordHash, passwordResetRequired: false }, at)
    } else if (current.failures.count > 0) {
      await ram.loginProfiles.setFailures(user, { count: 0, since: undefined })
    }
    await addConsoleSession(tx, sealer, {
      ...{ credentials, user, from, at },
      passwordHash: passwordHash ?? profile.passwordHash,
      mfaPresent: proof.by !== 'nothing',
    })
  }
  await store.writeAudited(unit, (outcome) => {
    const refusal = 'error' in outcome ? refusalIn(outcome.error) : undefined
    return {
      ...signin(found, { at, address, accessKeyId: credentials.accessKeyId }, refusal),
      ...(refusal === undefined ? boundDetails(proof) : {}),
    }
  })
  return credentials
}

/** The audit says what was bound with the logon. */
function boundDetails(proof: Proof): Pick<AuditEntry, 'details'> {
  if (proof.by !== 'newSecurityKey' && proof.by !== 'newCodes') return {}
  const parameters = { BoundFactor: proof.by === 'newCodes' ? 'Code' : 'SecurityKey' }
  return { details: detailsText({ things: [], changes: [], parameters }) }
}

/** Who an entry is about. */
interface Signed {
  readonly user: Pick<Found['user'], 'id' | 'name' | 'accountId'>
}

/** A copied key is told apart, also where both came at the same time. */
function refusalIn(error: unknown): RefusalCode {
  return error instanceof ConsoleLogonRefusal ? error.code : 'LogonFailed'
}

export interface Occasion {
  readonly at: number
  readonly address: string | undefined
  readonly accessKeyId: string
}

/** A logon in the words of the audit trail (D: event type `ConsoleSignin`). */
export function signin(found: Signed, { at, address, accessKeyId }: Occasion, outcome: string | undefined): AuditEntry {
  return {
    ...auditFacts(userOf(found, accessKeyId), { at, sourceIp: address, secure: true }),
    product: 'OpenSAG',
    action: 'ConsoleSignin',
    level: 'Write',
    regionId: undefined,
    resources: [`acs:ram:*:${found.user.accountId}:user/${found.user.name}`],
    outcome,
    requestId: newRequestId(),
  }
}

function userOf({ user }: Signed, accessKeyId: string): Caller {
  return { kind: 'RAMUser', accountId: user.accountId, accessKeyId, userId: user.id, userName: user.name }
}

/** Who is refused here knew the password, which is worth more to know than a wrong guess. */
async function recordRefusal(
  context: ConsoleLogonContext,
  found: Found,
  address: string | undefined,
  code: RefusalCode,
): Promise<void> {
  if (code === 'SecondFactorFailed' || code === 'SecurityKeyCopied') await countGuess(context, found)
  await context.store.record(signin(found, { at: context.wallClock(), address, accessKeyId: '' }, code))
}

/** Counts a wrong password or code, where the account limits them. */
async function countGuess({ store, wallClock }: ConsoleLogonContext, { user, rules }: Found): Promise<void> {
  if (rules.policy.maxAttempts === 0) return
  await store.write(async (tx) => {
    await createRam(tx).loginProfiles.countFailure(user, wallClock())
  })
}
