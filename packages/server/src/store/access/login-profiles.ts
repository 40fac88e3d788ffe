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
      ...(passwordHash === undefined ? {} : { password_hash: passwordHash, password_changed_at: at }),
      ...(passwordResetRequired === undefined ? {} : { password_reset_required: Number(passwordResetRequired) }),
      ...(mfaBindRequired === undefined ? {} : { mfa_bind_required: Number(mfaBindRequired) }),
    }
    if (Object.keys(set).length === 0) return
    await (this.#db as Writer).updateTable('ram_login_profile').set(set).where('user_id', '=', id).execute()
    await raiseAccessEpoch(this.#db, accountId)
  }

  async remove({ id, accountId }: RamUser): Promise<void> {
    await (this.#db as Writer).deleteFrom('ram_login_profile').where('user_id', '=', id).execute()
    await raiseAccessEpoch(this.#db, accountId)
  }
}
