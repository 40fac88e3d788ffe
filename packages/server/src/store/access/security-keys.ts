import type { Reader, Writer } from '../store.ts'
import type { RamSecurityKeyTable } from './tables.ts'

/** A security key or passkey of a user: a second factor. */
export interface SecurityKey {
  readonly id: string
  readonly accountId: string
  readonly userId: string
  readonly name: string
  /** As the key names itself, base64url. */
  readonly credentialId: string
  /** COSE, base64url. */
  readonly publicKey: string
  /** How browsers reach it. */
  readonly transports: readonly string[]
  /** The host of the console that it was added at. */
  readonly rpId: string
  /** Of the last signature; 0 for keys that do not count. */
  readonly counter: number
  readonly createdAt: number
  readonly lastUsedAt: number | undefined
}

/** Security keys, inside one unit of work. */
export class SecurityKeys {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  /** In the order they were added. */
  async of(userId: string): Promise<readonly SecurityKey[]> {
    const rows = await this.#db
      .selectFrom('ram_security_key')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('created_at')
      .orderBy('id')
      .execute()
    return rows.map(keyOf)
  }

  async find(accountId: string, id: string): Promise<SecurityKey | undefined> {
    const row = await this.#db
      .selectFrom('ram_security_key')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .executeTakeFirst()
    return row === undefined ? undefined : keyOf(row)
  }

  /** Whether anybody has it, in whichever account. */
  async isAdded(credentialId: string): Promise<boolean> {
    const row = await this.#db
      .selectFrom('ram_security_key')
      .select('id')
      .where('credential_id', '=', credentialId)
      .executeTakeFirst()
    return row !== undefined
  }

  async add(key: Omit<SecurityKey, 'lastUsedAt'>): Promise<void> {
    await (this.#db as Writer)
      .insertInto('ram_security_key')
      .values({
        id: key.id,
        account_id: key.accountId,
        user_id: key.userId,
        name: key.name,
        credential_id: key.credentialId,
        public_key: key.publicKey,
        transports: JSON.stringify(key.transports),
        rp_id: key.rpId,
        counter: key.counter,
        created_at: key.createdAt,
        last_used_at: null,
      })
      .execute()
  }

  async used({ id }: SecurityKey, counter: number, at: number): Promise<void> {
    await (this.#db as Writer)
      .updateTable('ram_security_key')
      .set({ counter, last_used_at: at })
      .where('id', '=', id)
      .execute()
  }

  async remove({ id }: SecurityKey): Promise<void> {
    await (this.#db as Writer).deleteFrom('ram_security_key').where('id', '=', id).execute()
  }
}

function keyOf(row: RamSecurityKeyTable): SecurityKey {
  return {
    id: row.id,
    accountId: row.account_id,
    userId: row.user_id,
    name: row.name,
    credentialId: row.credential_id,
    publicKey: row.public_key,
    transports: JSON.parse(row.transports) as readonly string[],
    rpId: row.rp_id,
    counter: row.counter,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at ?? undefined,
  }
}
