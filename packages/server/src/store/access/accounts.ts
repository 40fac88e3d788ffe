import { defaultPasswordPolicy, type PasswordPolicy } from '../../model/password-policy.ts'
import { defaultSecurityPreference, type SecurityPreference } from '../../model/security-preference.ts'
import type { Reader, Writer } from '../store.ts'
import { raiseAccessEpoch } from './epoch.ts'
import type { AccountTable } from './tables.ts'

/** What RAM keeps of an account itself, inside one unit of work. */
export class RamAccounts {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  async alias(accountId: string): Promise<string | undefined> {
    const row = await this.#db.selectFrom('account').select('alias').where('id', '=', accountId).executeTakeFirst()
    return row?.alias ?? undefined
  }

  /** The account that is called so: by its id or its alias. */
  async named(idOrAlias: string): Promise<string | undefined> {
    const row = await this.#db
      .selectFrom('account')
      .select('id')
      .where((eb) => eb.or([eb('id', '=', idOrAlias), eb('alias', '=', idOrAlias)]))
      .executeTakeFirst()
    return row?.id
  }

  async setAlias(accountId: string, alias: string | undefined): Promise<void> {
    await (this.#db as Writer)
      .updateTable('account')
      .set({ alias: alias ?? null })
      .where('id', '=', accountId)
      .execute()
  }

  /** The rules for passwords of its users. */
  async passwordPolicy(accountId: string): Promise<PasswordPolicy> {
    return { ...defaultPasswordPolicy, ...(await this.#rules(accountId, 'password_policy')) }
  }

  async setPasswordPolicy(accountId: string, policy: PasswordPolicy): Promise<void> {
    await this.#setRules(accountId, { password_policy: JSON.stringify(policy) })
  }

  /** The rules for logons of its users. */
  async securityPreference(accountId: string): Promise<SecurityPreference> {
    return { ...defaultSecurityPreference, ...(await this.#rules(accountId, 'security_preference')) }
  }

  /** What its users may do changes with it. */
  async setSecurityPreference(accountId: string, preference: SecurityPreference): Promise<void> {
    await this.#setRules(accountId, { security_preference: JSON.stringify(preference) })
    await raiseAccessEpoch(this.#db, accountId)
  }

  async #rules(accountId: string, column: 'password_policy' | 'security_preference'): Promise<object> {
    const row = await this.#db.selectFrom('account').select(column).where('id', '=', accountId).executeTakeFirst()
    return JSON.parse(row?.[column] ?? '{}') as object
  }

  async #setRules(
    accountId: string,
    rules: Partial<Pick<AccountTable, 'password_policy' | 'security_preference'>>,
  ): Promise<void> {
    await (this.#db as Writer).updateTable('account').set(rules).where('id', '=', accountId).execute()
  }

  /** Raised by every change that can alter what one of the account's principals may do. */
  async accessEpoch(accountId: string): Promise<number> {
    const row = await this.#db
      .selectFrom('account')
      .select('access_epoch')
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow()
    return row.access_epoch
  }
}
