import type { Reader, Writer } from '../store.ts'
import { hasLostBasis } from './sts-sessions.ts'
import type { StsSessionTable } from './tables.ts'

/** A session of the console as its owner sees it: nothing of its secret or token. */
export interface ConsoleSession {
  /** The id of its temporary key. */
  readonly id: string
  /** Undefined: of the account itself. */
  readonly user: { readonly id: string; readonly name: string } | undefined
  readonly createdAt: number
  readonly expiresAt: number
  readonly lastUsedAt: number | undefined
  readonly source: string | undefined
  readonly browser: string | undefined
  readonly mfaPresent: boolean
  readonly method: LogonMethod
}

/** How somebody logged on to the console. */
export type LogonMethod = 'AccessKey' | 'Password' | 'SingleSignOn'

/** Behind which entry the next part of the list begins. */
export interface SessionPlace {
  readonly createdAt: number
  readonly id: string
}

export interface SessionQuery {
  readonly accountId: string
  /** Of this user only; null: of the account itself. */
  readonly userId?: string | null | undefined
  readonly now: number
  readonly before?: SessionPlace | undefined
  /** Rows that are looked at for one part. */
  readonly most: number
}

export interface SessionPart {
  readonly sessions: readonly ConsoleSession[]
  /** Where the next part begins; undefined behind the last. */
  readonly next: SessionPlace | undefined
}

/** Sessions of people at the console, which are those of no role, inside one unit of work. */
export class ConsoleSessions {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  /** Those that still open something, the newest first. A part may have fewer, where some have lost what they hung on. */
  async list({ accountId, userId, now, before, most }: SessionQuery): Promise<SessionPart> {
    let rows = this.#rows(accountId).where('sts_session.expires_at', '>', now)
    if (userId === null) rows = rows.where('sts_session.user_id', 'is', null)
    else if (userId !== undefined) rows = rows.where('sts_session.user_id', '=', userId)
    if (before !== undefined)
      rows = rows.where((eb) =>
        eb.or([
          eb('sts_session.created_at', '<', before.createdAt),
          eb.and([eb('sts_session.created_at', '=', before.createdAt), eb('sts_session.id', '<', before.id)]),
        ]),
      )
    const found = await rows
      .orderBy('sts_session.created_at', 'desc')
      .orderBy('sts_session.id', 'desc')
      .limit(most + 1)
      .execute()
    const shown = found.slice(0, most)
    const last = found.length > most ? shown.at(-1) : undefined
    return {
      sessions: shown.filter((row) => !hasLostBasis(row)).map(sessionOf),
      next: last && { createdAt: last.created_at, id: last.id },
    }
  }

  /** One of the account; undefined when it is over, or of another account or a role. */
  async session(accountId: string, id: string, now: number): Promise<ConsoleSession | undefined> {
    const row = await this.#rows(accountId)
      .where('sts_session.id', '=', id)
      .where('sts_session.expires_at', '>', now)
      .executeTakeFirst()
    return row === undefined || hasLostBasis(row) ? undefined : sessionOf(row)
  }

  /** Notes a use. Never earlier than one noted before. */
  async touch(id: string, at: number): Promise<void> {
    await (this.#db as Writer)
      .updateTable('sts_session')
      .set({ last_used_at: at })
      .where('id', '=', id)
      .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', at)]))
      .execute()
  }

  #rows(accountId: string) {
    return this.#db
      .selectFrom('sts_session')
      .leftJoin('access_key', 'access_key.id', 'sts_session.access_key_id')
      .leftJoin('ram_user', 'ram_user.id', 'sts_session.user_id')
      .leftJoin('ram_login_profile', 'ram_login_profile.user_id', 'sts_session.user_id')
      .select([
        'sts_session.id',
        'sts_session.user_id',
        'sts_session.access_key_id',
        'sts_session.profile_tag',
        'sts_session.created_at',
        'sts_session.expires_at',
        'sts_session.last_used_at',
        'sts_session.source',
        'sts_session.browser',
        'sts_session.mfa_present',
        'sts_session.logon_method',
        'access_key.status as key_status',
        'ram_user.name as user_name',
        'ram_login_profile.password_hash',
      ])
      .where('sts_session.account_id', '=', accountId)
      .where('sts_session.role_id', 'is', null)
  }
}

interface Row
  extends Pick<StsSessionTable, 'id' | 'user_id' | 'created_at' | 'expires_at' | 'profile_tag' | 'logon_method'> {
  readonly last_used_at: number | null
  readonly source: string | null
  readonly browser: string | null
  readonly mfa_present: number
  readonly user_name: string | null
}

function sessionOf(row: Row): ConsoleSession {
  return {
    id: row.id,
    user: row.user_id === null ? undefined : { id: row.user_id, name: row.user_name ?? '' },
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at ?? undefined,
    source: row.source ?? undefined,
    browser: row.browser ?? undefined,
    mfaPresent: row.mfa_present !== 0,
    method: row.logon_method ?? (row.profile_tag === null ? 'AccessKey' : 'Password'),
  }
}
