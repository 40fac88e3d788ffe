import type { Reader, Writer } from '../store.ts'

/** Five letters and digits clients find an account's service by. Matched without case, unique in the whole system. */
export interface EnterpriseCode {
  /** In lower case: the key. */
  readonly code: string
  /** As its owner wrote it. */
  readonly shown: string
  readonly accountId: string
  readonly isDefault: boolean
}

export interface CodeFilter {
  readonly accountId: string
  readonly code?: string | undefined
  readonly onlyDefault: boolean
}

const columns = ['code', 'shown', 'account_id', 'is_default'] as const

/** Enterprise codes, inside one unit of work. */
export class EnterpriseCodes {
  readonly #db: Reader | Writer

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  /** Whoever owns it. */
  async code(text: string): Promise<EnterpriseCode | undefined> {
    const row = await this.#db
      .selectFrom('enterprise_code')
      .select(columns)
      .where('code', '=', text.toLowerCase())
      .executeTakeFirst()
    return row === undefined ? undefined : codeOf(row)
  }

  /** By code; those after `after`, at most `size`. */
  async codes(
    { accountId, code, onlyDefault }: CodeFilter,
    after: string | undefined,
    size: number,
  ): Promise<{ readonly total: number; readonly codes: readonly EnterpriseCode[] }> {
    let matching = this.#db.selectFrom('enterprise_code').where('account_id', '=', accountId)
    if (code !== undefined) matching = matching.where('code', '=', code.toLowerCase())
    if (onlyDefault) matching = matching.where('is_default', '=', 1)
    const { total } = await matching.select((eb) => eb.fn.countAll().as('total')).executeTakeFirstOrThrow()
    const rest = after === undefined ? matching : matching.where('code', '>', after)
    const rows = await rest.select(columns).orderBy('code').limit(size).execute()
    return { total: Number(total), codes: rows.map(codeOf) }
  }

  /** Codes as their owners wrote them, by code in lower case. */
  async spellings(codes: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (codes.length === 0) return new Map()
    const rows = await this.#db
      .selectFrom('enterprise_code')
      .select(['code', 'shown'])
      .where('code', 'in', [...codes])
      .execute()
    return new Map(rows.map(({ code, shown }) => [code, shown]))
  }

  async defaultOf(accountId: string): Promise<EnterpriseCode | undefined> {
    const { codes } = await this.codes({ accountId, onlyDefault: true }, undefined, 1)
    return codes[0]
  }

  async add(code: { readonly shown: string; readonly accountId: string; readonly isDefault: boolean }, at: number) {
    await (this.#db as Writer)
      .insertInto('enterprise_code')
      .values({
        code: code.shown.toLowerCase(),
        shown: code.shown,
        account_id: code.accountId,
        is_default: Number(code.isDefault),
        created_at: at,
      })
      .execute()
  }

  /** Whether it is the default one of its account, which has one at most. */
  async setDefault({ code, accountId }: EnterpriseCode, isDefault: boolean): Promise<void> {
    const ofAccount = (this.#db as Writer).updateTable('enterprise_code').where('account_id', '=', accountId)
    if (isDefault) await ofAccount.set({ is_default: 0 }).where('code', '!=', code).execute()
    await ofAccount
      .set({ is_default: Number(isDefault) })
      .where('code', '=', code)
      .execute()
  }

  /** An instance, of whatever region, has it. */
  async isUsed({ code }: EnterpriseCode): Promise<boolean> {
    const found = this.#db.selectFrom('instance').select('id').where('enterprise_code', '=', code).limit(1)
    return (await found.executeTakeFirst()) !== undefined
  }

  async remove({ code }: EnterpriseCode): Promise<void> {
    await (this.#db as Writer).deleteFrom('enterprise_code').where('code', '=', code).execute()
  }

  async setCodeOf(instanceId: string, code: EnterpriseCode): Promise<void> {
    await (this.#db as Writer)
      .updateTable('instance')
      .set({ enterprise_code: code.code })
      .where('id', '=', instanceId)
      .execute()
  }

  /** Another instance behind this code has an account with the name of one of this instance's. */
  async hasUserLike(instanceId: string, code: EnterpriseCode): Promise<boolean> {
    const row = await this.#db
      .selectFrom('instance')
      .innerJoin('client_user as theirs', 'theirs.instance_id', 'instance.id')
      .innerJoin('client_user as ours', 'ours.name', 'theirs.name')
      .select('theirs.name')
      .where('instance.enterprise_code', '=', code.code)
      .where('instance.id', '!=', instanceId)
      .where('ours.instance_id', '=', instanceId)
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  }
}

function codeOf(row: { code: string; shown: string; account_id: string; is_default: number }): EnterpriseCode {
  return { code: row.code, shown: row.shown, accountId: row.account_id, isDefault: row.is_default !== 0 }
}

export function createEnterpriseCodes(db: Reader | Writer): EnterpriseCodes {
  return new EnterpriseCodes(db)
}
