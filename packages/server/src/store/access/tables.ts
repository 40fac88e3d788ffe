import type { Generated } from 'kysely'

/** Accounts, their keys, RAM and sessions. */
export interface AccessTables {
  account: AccountTable
  access_key: AccessKeyTable
  guess: GuessTable
  pace_use: PaceUseTable
  nonce: NonceTable
  nonce_run: NonceRunTable
  ram_user: RamUserTable
  ram_group: RamGroupTable
  ram_group_member: RamGroupMemberTable
  ram_login_profile: RamLoginProfileTable
  ram_former_password: RamFormerPasswordTable
  ram_mfa_device: RamMfaDeviceTable
  ram_identity: RamIdentityTable
  ram_security_key: RamSecurityKeyTable
  ram_security_key_challenge: RamSecurityKeyChallengeTable
  ram_role: RamRoleTable
  ram_policy: RamPolicyTable
  ram_policy_version: RamPolicyVersionTable
  ram_attachment: RamAttachmentTable
  ram_tag: RamTagTable
  sts_session: StsSessionTable
}

export interface AccountTable {
  /** 16 digits. */
  id: string
  name: string
  created_at: number
  /** Raised by every change that can alter what one of its principals may do. */
  access_epoch: Generated<number>
  /** Another name of it, by which its users log on; unique in the whole system. */
  alias: string | null
  /** JSON: the rules for passwords of its users; null: those of every account. */
  password_policy: string | null
  /** JSON: the rules for logons of its users; null: those of every account. */
  security_preference: string | null
}

export interface AccessKeyTable {
  id: string
  account_id: string
  secret_sealed: string
  status: 'Active' | 'Inactive'
  created_at: number
  /** The RAM user it belongs to; null for a key of the account itself. */
  user_id: string | null
  last_used_at: number | null
}

/** Logons that failed, or have not turned out right yet. */
export interface GuessTable {
  /** What kind of guesser: by which name, or from where. */
  kind: string
  /** A keyed hash of it: what was sent as a name may be a password. */
  guesser: string
  failures: number
  last_at: number
}

/** What those who call most have taken at each node, for the others. */
export interface PaceUseTable {
  /** Of one process, from its start on. */
  run: string
  kind: 'source' | 'user'
  name: string
  /** Calls, since that start. */
  taken: number
  at: number
}

/**
 * Nonces of rightly signed requests: on PostgreSQL until they can no longer be replayed, in the embedded store until they
 * are folded into a run.
 */
export interface NonceTable {
  id: Generated<number>
  /** Hash of access key id and nonce: short, whatever the client sent. */
  hash: string
  expires_at: number
}

/** Many nonces as one row, in the embedded store alone. */
export interface NonceRunTable {
  id: Generated<number>
  /** The last millisecond at which one of them counts. */
  expires_by: number
  /** 16 bytes of the hash of each. */
  fingerprints: Uint8Array
}

/** What every named thing of RAM has. */
interface RamNamed {
  id: string
  account_id: string
  /** Unique in the account, among its kind. */
  name: string
  created_at: number
  updated_at: number
}

export interface RamUserTable extends RamNamed {
  display_name: string | null
  mobile_phone: string | null
  email: string | null
  comments: string | null
  last_login_at: number | null
}

export interface RamGroupTable extends RamNamed {
  comments: string | null
}

export interface RamGroupMemberTable {
  group_id: string
  user_id: string
  joined_at: number
}

/** Lets a user log on to the console. */
export interface RamLoginProfileTable {
  user_id: string
  /** argon2id. */
  password_hash: string
  password_reset_required: number
  mfa_bind_required: number
  created_at: number
  password_changed_at: number
  /** Wrong passwords since `failing_since`, where the account limits them. */
  failures: Generated<number>
  failing_since: number | null
}

/** Passwords a user had, for as long as the account forbids them to come back. */
export interface RamFormerPasswordTable {
  user_id: string
  /** argon2id. */
  password_hash: string
  replaced_at: number
}

/** A virtual device that shows codes. Its name is unique in the account. */
export interface RamMfaDeviceTable {
  account_id: string
  name: string
  seed_sealed: string
  /** Whom it is bound to. */
  user_id: string | null
  bound_at: number | null
  /** The step of the last code that was used: it counts once. */
  last_step: number
  created_at: number
}

/** Who a user is at an OpenID provider. A user is one person there, and nobody is two users of an account. */
export interface RamIdentityTable {
  user_id: string
  issuer: string
  /** Unique at the provider. */
  subject: string
  account_id: string
  bound_at: number
}

/** A security key or passkey of a user (WebAuthn). */
export interface RamSecurityKeyTable {
  id: string
  account_id: string
  user_id: string
  name: string
  /** As the key names itself, base64url; unique in the whole system. */
  credential_id: string
  /** COSE, base64url. */
  public_key: string
  /** JSON: how browsers reach it. */
  transports: string
  /** The host of the console that it was added at: it signs for no other. */
  rp_id: string
  /** Of the last signature; 0 for keys that do not count. */
  counter: number
  created_at: number
  last_used_at: number | null
}

/** What a security key has to sign, once. */
export interface RamSecurityKeyChallengeTable {
  /** SHA-256 of the challenge. */
  hash: string
  user_id: string
  purpose: 'logon' | 'registration' | 'first-factor'
  /** What it ends with: the tag of the password that was given, or the session that asked for it. */
  basis: string
  origin: string
  expires_at: number
}

export interface RamRoleTable extends RamNamed {
  description: string | null
  /** JSON: who may assume it. */
  trust_policy: string
  /** Seconds. */
  max_session_duration: number
  /** The service whose role it is; null of the account's own roles. */
  service_name: string | null
}

/** A policy of an account's own. System policies are code. */
export interface RamPolicyTable extends RamNamed {
  description: string | null
  /** The number of the version made last; numbers are never used again. */
  last_version: number
  /** JSON: requests and what becomes of them, held against every version. */
  examples: string | null
}

export interface RamPolicyVersionTable {
  policy_id: string
  version: number
  document: string
  is_default: number
  created_at: number
}

export interface RamAttachmentTable {
  account_id: string
  target_kind: 'user' | 'group' | 'role'
  target_id: string
  policy_type: 'System' | 'Custom'
  policy_name: string
  attached_at: number
}

/** A tag of a role or a custom policy. */
export interface RamTagTable {
  account_id: string
  resource_type: 'role' | 'policy'
  resource_name: string
  tag_key: string
  tag_value: string
}

/** A session of whoever assumed a role or works at the console. Nobody can be it without key, secret and token. */
export interface StsSessionTable {
  /** The key's id, `STS.…`. */
  id: string
  /** The account the session belongs to: the role's. */
  account_id: string
  secret_sealed: string
  /** SHA-256 of the token. */
  token_hash: string
  /** Of the wall clock, as is the expiry: signatures are held against it. */
  created_at: number
  expires_at: number
  /** The lasting key that began it. */
  access_key_id: string | null
  user_id: string | null
  /** Of a logon with a password: what it was, as a hash of its hash. */
  profile_tag: string | null
  role_id: string | null
  session_name: string | null
  /** JSON. */
  policy: string | null
  /** The principal who began it. */
  begun_by: string
  /** Whether it was begun with a second factor. */
  mfa_present: Generated<number>
  /** To the minute; of sessions of the console only, as the two that follow. */
  last_used_at: number | null
  /** The address it was begun from. */
  source: string | null
  /** The family of the browser it was begun with. */
  browser: string | null
  /** How somebody logged on to the console for it; null: with a password where there is a tag of one, or else with a key. */
  logon_method: 'SingleSignOn' | null
}
