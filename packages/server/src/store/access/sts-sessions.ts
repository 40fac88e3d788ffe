import { createHash } from 'node:crypto'
import type { Secret } from '@opensag/protocol'
import type { Sealer } from '../../sealing/sealing.ts'
import { compiledRow } from '../compiled-query.ts'
import type { Reader, Writer } from '../store.ts'
import type { SessionCredentials } from './session-credentials.ts'
import type { StsSessionTable } from './tables.ts'

/** What a session hangs on: it ends when one of these does. */
export interface SessionBasis {
  /** The lasting key that began it, also through other sessions. */
  readonly accessKeyId?: string | undefined
  readonly userId?: string | undefined
  /** Of a logon with a password: {@link profileTag}. */
  readonly profileTag?: string | undefined
}

export interface NewSession {
  readonly credentials: SessionCredentials
  readonly accountId: string
  readonly basis: SessionBasis
  /** The role that was assumed, and the name of the session. Without one it is of the user or the account itself. */
  readonly role?: { readonly id: string; readonly sessionName: string } | undefined
  /** A policy of its own: JSON. */
  readonly policy?: string | undefined
  /** Whether it was begun with a second factor. */
  readonly mfaPresent?: boolean | undefined
  /** The principal who began it. */
  readonly begunBy: string
  /** From where and with which browser; of sessions of the console. */
  readonly from?: { readonly source: string; readonly browser: string } | undefined
  /** Of sessions of the console that were begun neither with a key nor with a password. */
  readonly logonMethod?: StsSessionTable['logon_method'] | undefined
  readonly createdAt: number
}

/** What a sealed session secret is bound to. */
export function sessionContext(id: string): string {
  return `sts_session/secret_sealed/${id}`
}

/** What the store holds of a token. A fast hash will do: nobody guesses random bytes. */
export function hashOfSessionToken(token: Secret): string {
  return createHash('sha256').update(token.reveal()).digest('base64url')
}

/** Tells whether the password of a login profile is still the one a session was begun with. */
export function profileTag(passwordHash: string): string {
  return createHash('sha256').update(passwordHash).digest('base64url')
}

/** Sessions with temporary keys, inside one unit of work. */
export class StsSessions {
  readonly #db: Reader | Writer
  readonly #sealer: Sealer | undefined

  constructor(db: Reader | Writer, sealer?: Sealer) {
    this.#db = db
    this.#sealer = sealer
  }

  async add(session: NewSession): Promise<void> {
    if (this.#sealer === undefined) throw new Error('A session is kept where its secret can be sealed only.')
    const { credentials, basis, role } = session
    const { accessKeyId: id, accessKeySecret, securityToken, expiresAt } = credentials
    await (this.#db as Writer)
      .insertInto('sts_session')
      .values({
        id,
        account_id: session.accountId,
        secret_sealed: this.#sealer.seal(accessKeySecret, sessionContext(id)),
        token_hash: hashOfSessionToken(securityToken),
        created_at: session.createdAt,
        expires_at: expiresAt,
        access_key_id: basis.accessKeyId ?? null,
        user_id: basis.userId ?? null,
        profile_tag: basis.profileTag ?? null,
        role_id: role?.id ?? null,
        session_name: role?.sessionName ?? null,
        policy: session.policy ?? null,
        begun_by: session.begunBy,
        mfa_present: Number(session.mfaPresent ?? false),
        source: session.from?.source ?? null,
        browser: session.from?.browser ?? null,
        logon_method: session.logonMethod ?? null,
      })
      .execute()
  }

  /** What the session of that key hangs on; undefined when there is none. */
  async basis(id: string): Promise<SessionBasis | undefined> {
    const row = await this.#db
      .selectFrom('sts_session')
      .select(['access_key_id', 'user_id', 'profile_tag'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (row === undefined) return undefined
    return {
      accessKeyId: row.access_key_id ?? undefined,
      userId: row.user_id ?? undefined,
      profileTag: row.profile_tag ?? undefined,
    }
  }

  async end(id: string): Promise<void> {
    await (this.#db as Writer).deleteFrom('sts_session').where('id', '=', id).execute()
  }
}

/** A session and whether what it hangs on is still there. */
export interface SessionRow
  extends Pick<
    StsSessionTable,
    | 'id'
    | 'account_id'
    | 'secret_sealed'
    | 'token_hash'
    | 'expires_at'
    | 'access_key_id'
    | 'user_id'
    | 'profile_tag'
    | 'role_id'
    | 'session_name'
    | 'policy'
  > {
  readonly mfa_present: number
  readonly access_epoch: number
  readonly key_status: 'Active' | 'Inactive' | null
  readonly user_name: string | null
  readonly role_name: string | null
  readonly password_hash: string | null
}

/** Whether something that a session hangs on is gone: its user, the password it was begun with, or the key that began it. */
export function hasLostBasis(
  row: Pick<SessionRow, 'access_key_id' | 'key_status' | 'user_id' | 'user_name' | 'profile_tag' | 'password_hash'>,
): boolean {
  if (row.access_key_id !== null && row.key_status === null) return true
  if (row.user_id !== null && row.user_name === null) return true
  return row.profile_tag !== null && profileTag(row.password_hash ?? '') !== row.profile_tag
}

export const sessionById = compiledRow((db: Reader, given: { readonly id: string }) =>
  db
    .selectFrom('sts_session')
    .innerJoin('account', 'account.id', 'sts_session.account_id')
    .leftJoin('access_key', 'access_key.id', 'sts_session.access_key_id')
    .leftJoin('ram_user', 'ram_user.id', 'sts_session.user_id')
    .leftJoin('ram_role', 'ram_role.id', 'sts_session.role_id')
    .leftJoin('ram_login_profile', 'ram_login_profile.user_id', 'sts_session.user_id')
    .select([
      'sts_session.id',
      'sts_session.account_id',
      'sts_session.secret_sealed',
      'sts_session.token_hash',
      'sts_session.expires_at',
      'sts_session.access_key_id',
      'sts_session.user_id',
      'sts_session.mfa_present',
      'sts_session.profile_tag',
      'sts_session.role_id',
      'sts_session.session_name',
      'sts_session.policy',
      'account.access_epoch',
      'access_key.status as key_status',
      'ram_user.name as user_name',
      'ram_role.name as role_name',
      'ram_login_profile.password_hash',
    ])
    .where('sts_session.id', '=', given.id),
)

/** Ends every session there is; answers how many were not over yet. */
export async function endAllSessions(tx: Writer, now: number): Promise<number> {
  const ended = await tx.deleteFrom('sts_session').returning('expires_at').execute()
  return ended.filter((session) => session.expires_at > now).length
}

/** How many sessions one sweep forgets: little enough to share a commit with requests. */
export const sessionBatch = 500

/** Forgets sessions that ended before `before`, a bounded number; returns how many. */
export async function forgetSessions(tx: Writer, before: number): Promise<number> {
  const old = tx
    .selectFrom('sts_session')
    .select('id')
    .where('expires_at', '<', before)
    .orderBy('expires_at')
    .limit(sessionBatch)
  const { numDeletedRows } = await tx.deleteFrom('sts_session').where('id', 'in', old).executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
