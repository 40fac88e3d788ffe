import { afterFailure, type Failures, passwordPolicyRanges } from '../../model/password-policy.ts'
import type { Reader, Writer } from '../store.ts'
import { raiseAccessEpoch } from './epoch.ts'
import type { RamUser } from './users.ts'

/** What lets a user log on to the console. */
export interface LoginProfile {
  readonly userId: string
  /** argon2id. */
  readonly passwordHash: string
  readonly passwordResetRequired: boolean
  readonly mfaBindRequired: boolean
  readonly createdAt: number
  readonly passwordChangedAt: number
  /** Wrong passwords, where the account limits them. */
  readonly failures: Failures
}

export type NewLoginProfile = Pick<LoginProfile, 'passwordHash' | 'passwordResetRequired' | 'mfaBindRequired'>

export type LoginProfileChange = { readonly [K in keyof NewLoginProfile]?: NewLoginProfile[K] | undefined }

/** Login profiles of users, inside one unit of work. */
export class LoginProfiles {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  async of(userId: string): Promise<LoginProfile | undefined> {
    const row = await this.#db
      .selectFrom('ram_login_profile')
      .selectAll()
      .where('user_id', '=', userId)
      .executeTakeFirst()
    if (row === undefined) return undefined
    return {
      userId: row.user_id,
      passwordHash: row.password_hash,
      passwordResetRequired: row.password_reset_required !== 0,
      mfaBindRequired: row.mfa_bind_required !== 0,
      createdAt: row.created_at,
      passwordChangedAt: row.password_changed_at,
      failures: { count: row.failures, since: row.failing_since ?? undefined },
    }
  }

  async add({ id }: RamUser, profile: NewLoginProfile, at: number): Promise<void> {
    await (this.#db as Writer)
      .insertInto('ram_login_profile')
      .values({
        user_id: id,
        password_hash: profile.passwordHash,
        password_reset_required: Number(profile.passwordResetRequired),
        mfa_bind_required: Number(profile.mfaBindRequired),
        created_at: at,
        password_changed_at: at,
      })
      .execute()
  }

  /** What is not given stays. */
  async change({ id, accountId }: RamUser, change: LoginProfileChange, at: number): Promise<void> {
    const { passwordHash, passwordResetRequired, mfaBindRequired } = change
    const set = {
      ...(passwordHash === undefined
        ? {}
        : { password_hash: passwordHash, password_changed_at: at, failures: 0, failing_since: null }),
      ...(passwordResetRequired === undefined ? {} : { password_reset_required: Number(passwordResetRequired) }),
      ...(mfaBindRequired === undefined ? {} : { mfa_bind_required: Number(mfaBindRequired) }),
    }
    if (Object.keys(set).length === 0) return
    if (passwordHash !== undefined) await this.#keepFormer(id, at)
    await (this.#db as Writer).updateTable('ram_login_profile').set(set).where('user_id', '=', id).execute()
    await raiseAccessEpoch(this.#db, accountId)
  }

  async setFailures({ id }: RamUser, { count, since }: Failures): Promise<void> {
    await (this.#db as Writer)
      .updateTable('ram_login_profile')
      .set({ failures: count, failing_since: since ?? null })
      .where('user_id', '=', id)
      .execute()
  }

  /** One more wrong password or code, of a logon or of what asks for the same. */
  async countFailure(user: RamUser, at: number): Promise<void> {
    const profile = await this.of(user.id)
    if (profile !== undefined) await this.setFailures(user, afterFailure(profile.failures, at))
  }

  /** Hashes of the passwords the user had before the present one, the newest first. */
  async formerPasswords({ id }: Pick<RamUser, 'id'>, most: number): Promise<readonly string[]> {
    if (most === 0) return []
    const rows = await this.#db
      .selectFrom('ram_former_password')
      .select('password_hash')
      .where('user_id', '=', id)
      .orderBy('replaced_at', 'desc')
      .limit(most)
      .execute()
    return rows.map((row) => row.password_hash)
  }

  /** As many as an account can forbid to come back, and no more. */
  async #keepFormer(userId: string, at: number): Promise<void> {
    const db = this.#db as Writer
    const present = await this.of(userId)
    if (present === undefined) return
    await db
      .insertInto('ram_former_password')
      .values({ user_id: userId, password_hash: present.passwordHash, replaced_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const [, most] = passwordPolicyRanges.reusePrevention
    const kept = await this.formerPasswords({ id: userId }, most)
    await db
      .deleteFrom('ram_former_password')
      .where('user_id', '=', userId)
      .where('password_hash', 'not in', [...kept])
      .execute()
  }

  async remove({ id, accountId }: RamUser): Promise<void> {
    await (this.#db as Writer).deleteFrom('ram_former_password').where('user_id', '=', id).execute()
    await (this.#db as Writer).deleteFrom('ram_identity').where('user_id', '=', id).execute()
    await (this.#db as Writer).deleteFrom('ram_login_profile').where('user_id', '=', id).execute()
    await raiseAccessEpoch(this.#db, accountId)
  }
}
