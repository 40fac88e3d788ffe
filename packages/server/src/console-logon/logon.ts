import { type Secret, sourceOf } from '@opensag/protocol'
import type { Logger } from 'pino'
import { auditFacts } from '../access/audit-facts.ts'
import { hashClientPassword } from '../access/client-passwords.ts'
import { createPasswords } from '../remote-access/passwords.ts'
import { createLogonThrottle } from '../remote-access/throttle.ts'
import { newRequestId } from '../request-id.ts'
import type { Sealer } from '../sealing/sealing.ts'
import type { LoginProfile } from '../store/access/login-profiles.ts'
import { createRam } from '../store/access/ram.ts'
import type { SessionCredentials } from '../store/access/session-credentials.ts'
import { profileTag, StsSessions } from '../store/access/sts-sessions.ts'
import type { RamUser } from '../store/access/users.ts'
import type { AuditEntry } from '../store/audit/audit.ts'
import type { Store, Writer } from '../store/store.ts'
import { ConsoleLogonRefusal } from './refusals.ts'
import type { ConsoleLogon } from './request.ts'

/** A password check takes 19 MiB and tens of milliseconds of a processor. */
const mostAtOnce = 32
/** How long a logon lasts (C): a working day. */
const lastsMs = 8 * 60 * 60 * 1000

export interface ConsoleLogonContext {
  readonly store: Store
  readonly sealer: Sealer
  readonly wallClock: () => number
  readonly random: (bytes: number) => Buffer
  readonly newCredentials: () => Omit<SessionCredentials, 'expiresAt'>
  /** Whether a password may be set: the rule of login profiles. */
  readonly isAcceptable: (password: Secret) => boolean
  readonly logger: Logger
}

export type LogOnToConsole = (request: ConsoleLogon, address: string | undefined) => Promise<SessionCredentials>

/**
 * A RAM user logs on with a password and is given temporary keys of the same user.
 *
 * Without the right password nothing can be told by text or time but what the request itself says: everybody is
 * throttled by the names they give, and one hash is checked whoever exists.
 */
export async function createConsoleLogon(context: ConsoleLogonContext): Promise<LogOnToConsole> {
  const throttle = createLogonThrottle()
  const passwords = await createPasswords(context.random)
  let underWay = 0

  async function logOn(request: ConsoleLogon, address: string | undefined): Promise<SessionCredentials> {
    const keys = [`${request.userName.toLowerCase()}@${request.account}`, sourceOf(address)] as const
    const attempt = throttle.begin(keys, context.wallClock())
    if (!attempt.allowed) throw new ConsoleLogonRefusal('TooManyAttempts', Math.ceil(attempt.wait / 1000))
    const found = await find(context.store, request)
    if (!(await passwords.check(found?.profile.passwordHash, request.password)) || found === undefined) {
      if (found !== undefined) recordAside(context, found, address, 'LogonFailed')
      throw new ConsoleLogonRefusal('LogonFailed')
    }
    attempt.succeeded()
    return admit(found, request, address)
  }

  async function admit(found: Found, request: ConsoleLogon, address: string | undefined): Promise<SessionCredentials> {
    let newHash: string | undefined
    try {
      newHash = await newHashOf(found.profile, request, context)
    } catch (error) {
      // Who is refused here knew the password, which is worth more to know than a wrong guess.
      if (error instanceof ConsoleLogonRefusal) {
        await context.store.record(signin(found, { at: context.wallClock(), address, accessKeyId: '' }, error.code))
      }
      throw error
    }
    return begin(context, found, newHash, address)
  }

  return async (request, address) => {
    if (underWay >= mostAtOnce) throw new ConsoleLogonRefusal('ServerBusy', 1)
    underWay += 1
    try {
      return await logOn(request, address)
    } finally {
      underWay -= 1
    }
  }
}

interface Found {
  readonly user: RamUser
  readonly profile: LoginProfile
}

async function find(store: Store, { userName, account }: ConsoleLogon): Promise<Found | undefined> {
  return store.read(async (db) => {
    const ram = createRam(db)
    const accountId = await ram.accounts.named(account)
    const user = accountId === undefined ? undefined : await ram.users.user(accountId, userName)
    const profile = user === undefined ? undefined : await ram.loginProfiles.of(user.id)
    return user === undefined || profile === undefined ? undefined : { user, profile }
  })
}

/** The hash of the password that replaces the one just given; undefined when that one stays. */
async function newHashOf(
  profile: LoginProfile,
  { password, newPassword }: ConsoleLogon,
  { isAcceptable }: ConsoleLogonContext,
): Promise<string | undefined> {
  // There is no second factor here, and who asked for one must not be let in without it.
  if (profile.mfaBindRequired) throw new ConsoleLogonRefusal('SecondFactorRequired')
  if (newPassword === undefined) {
    if (profile.passwordResetRequired) throw new ConsoleLogonRefusal('PasswordResetRequired')
    return undefined
  }
  if (!isAcceptable(newPassword) || newPassword.reveal() === password.reveal()) {
    throw new ConsoleLogonRefusal('InvalidNewPassword')
  }
  return hashClientPassword(newPassword)
}

/** Whatever changed since the password was checked counts: the profile must be the one that was looked at. */
async function begin(
  { store, sealer, wallClock, newCredentials }: ConsoleLogonContext,
  found: Found,
  passwordHash: string | undefined,
  address: string | undefined,
): Promise<SessionCredentials> {
  const { user, profile } = found
  const at = wallClock()
  const credentials = { ...newCredentials(), expiresAt: at + lastsMs }
  const unit = async (tx: Writer): Promise<void> => {
    const ram = createRam(tx)
    const current = await ram.loginProfiles.of(user.id)
    if (current?.passwordHash !== profile.passwordHash) throw new ConsoleLogonRefusal('LogonFailed')
    if (passwordHash !== undefined) {
      await ram.loginProfiles.change(user, { passwordHash, passwordResetRequired: false }, at)
    }
    await ram.users.setLastLogin(user.id, at)
    await new StsSessions(tx, sealer).add({
      credentials,
      accountId: user.accountId,
      basis: { userId: user.id, profileTag: profileTag(passwordHash ?? profile.passwordHash) },
      begunBy: `acs:ram::${user.accountId}:user/${user.name}`,
      createdAt: at,
    })
  }
  await store.writeAudited(unit, (outcome) =>
    signin(
      found,
      { at, address, accessKeyId: credentials.accessKeyId },
      'error' in outcome ? 'LogonFailed' : undefined,
    ),
  )
  return credentials
}

interface Occasion {
  readonly at: number
  readonly address: string | undefined
  readonly accessKeyId: string
}

/** A logon in the words of the audit trail (D: event type `ConsoleSignin`). */
function signin({ user }: Found, { at, address, accessKeyId }: Occasion, outcome: string | undefined): AuditEntry {
  const caller = {
    kind: 'RAMUser',
    accountId: user.accountId,
    accessKeyId,
    userId: user.id,
    userName: user.name,
  } as const
  return {
    ...auditFacts(caller, { at, sourceIp: address, secure: true }),
    product: 'OpenSAG',
    action: 'ConsoleSignin',
    level: 'Write',
    regionId: undefined,
    resources: [`acs:ram:*:${user.accountId}:user/${user.name}`],
    outcome,
    requestId: newRequestId(),
  }
}

/** A refused logon; no answer waits for it, or its time would tell who exists. */
function recordAside(context: ConsoleLogonContext, found: Found, address: string | undefined, outcome: string): void {
  const entry = signin(found, { at: context.wallClock(), address, accessKeyId: '' }, outcome)
  context.store.record(entry).catch((error) => context.logger.error({ err: error }, 'recording a refused logon failed'))
}
