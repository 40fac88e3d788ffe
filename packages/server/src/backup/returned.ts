import type { Reader } from '../store/store.ts'

/**
 * What a restored store says that may have been changed, deleted or taken away since its backup. It cannot know, so it lists
 * what counts again.
 */
export interface Returned {
  readonly accounts: number
  readonly activeKeys: readonly ReturnedKey[]
  readonly users: number
  readonly roles: number
  /** Users that can log on to the console with a password. */
  readonly logons: number
  /** Ways to log on that need no password of this server, or go with one: each may have been taken away since, because it was lost. */
  readonly identities: number
  readonly securityKeys: number
  readonly mfaDevices: number
  /** Policies attached to a user, group or role. */
  readonly attachments: readonly ReturnedAttachment[]
  readonly devices: number
  /** Serial numbers of the devices that have enrolled. */
  readonly gateways: readonly string[]
  readonly instances: number
  readonly remoteUsers: number
}

export interface ReturnedKey {
  readonly accessKeyId: string
  readonly accountId: string
  /** Undefined: of the account itself. */
  readonly user: string | undefined
}

export interface ReturnedAttachment {
  readonly accountId: string
  readonly policy: string
  readonly to: string
}

export async function whatReturned(db: Reader): Promise<Returned> {
  const keys = await db
    .selectFrom('access_key')
    .leftJoin('ram_user', 'ram_user.id', 'access_key.user_id')
    .select(['access_key.id', 'access_key.account_id', 'ram_user.name'])
    .where('access_key.status', '=', 'Active')
    .orderBy('access_key.account_id')
    .orderBy('access_key.created_at')
    .execute()
  const gateways = await db
    .selectFrom('device')
    .select('serial')
    .where('sign_key', 'is not', null)
    .orderBy('serial')
    .execute()
  return {
    accounts: await count(db, 'account'),
    activeKeys: keys.map((key) => ({
      accessKeyId: key.id,
      accountId: key.account_id,
      user: key.name ?? undefined,
    })),
    users: await count(db, 'ram_user'),
    roles: await count(db, 'ram_role'),
    logons: await count(db, 'ram_login_profile'),
    identities: await count(db, 'ram_identity'),
    securityKeys: await count(db, 'ram_security_key'),
    mfaDevices: await count(db, 'ram_mfa_device'),
    attachments: await attachments(db),
    devices: await count(db, 'device'),
    gateways: gateways.map(({ serial }) => serial),
    instances: await count(db, 'instance'),
    remoteUsers: await count(db, 'client_user'),
  }
}

type Counted =
  | 'account'
  | 'ram_user'
  | 'ram_role'
  | 'ram_login_profile'
  | 'ram_identity'
  | 'ram_security_key'
  | 'ram_mfa_device'
  | 'device'
  | 'instance'
  | 'client_user'

async function count(db: Reader, table: Counted): Promise<number> {
  const row = await db
    .selectFrom(table)
    .select((all) => all.fn.countAll<number>().as('rows'))
    .executeTakeFirst()
  // PostgreSQL counts in 64 bits, as text.
  return Number(row?.rows ?? 0)
}

async function attachments(db: Reader): Promise<readonly ReturnedAttachment[]> {
  const rows = await db
    .selectFrom('ram_attachment')
    .leftJoin('ram_user', 'ram_user.id', 'ram_attachment.target_id')
    .leftJoin('ram_group', 'ram_group.id', 'ram_attachment.target_id')
    .leftJoin('ram_role', 'ram_role.id', 'ram_attachment.target_id')
    .select(['ram_attachment.account_id', 'ram_attachment.policy_name', 'ram_attachment.target_kind'])
    .select(['ram_user.name as user', 'ram_group.name as group', 'ram_role.name as role'])
    .orderBy('ram_attachment.account_id')
    .orderBy('ram_attachment.policy_name')
    .execute()
  return rows.map((row) => ({
    accountId: row.account_id,
    policy: row.policy_name,
    to: `${row.target_kind} ${row.user ?? row.group ?? row.role ?? ''}`.trim(),
  }))
}
