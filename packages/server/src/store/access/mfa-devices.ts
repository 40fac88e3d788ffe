import type { Secret } from '@opensag/protocol'
import type { Sealer } from '../../sealing/sealing.ts'
import type { Reader, Writer } from '../store.ts'
import { raiseAccessEpoch } from './epoch.ts'
import type { RamMfaDeviceTable } from './tables.ts'
import type { RamUser } from './users.ts'

/** A virtual device that shows codes: a second factor. */
export interface MfaDevice {
  readonly accountId: string
  readonly name: string
  /** Whom it is bound to. */
  readonly userId: string | undefined
  readonly boundAt: number | undefined
  /** The step of the last code that was used. */
  readonly lastStep: number
  readonly createdAt: number
}

type BoundUser = Pick<RamUser, 'id' | 'name' | 'displayName'>

/** Second factors, inside one unit of work. */
export class MfaDevices {
  readonly #db: Reader | Writer
  readonly #sealer: Sealer | undefined

  /** @param sealer needed where a seed is kept or read */
  constructor(db: Reader | Writer, sealer?: Sealer) {
    this.#db = db
    this.#sealer = sealer
  }

  async add(accountId: string, name: string, seed: Secret, at: number): Promise<void> {
    await (this.#db as Writer)
      .insertInto('ram_mfa_device')
      .values({
        account_id: accountId,
        name,
        seed_sealed: this.#requireSealer().seal(seed, seedContext(accountId, name)),
        user_id: null,
        bound_at: null,
        last_step: -1,
        created_at: at,
      })
      .execute()
  }

  async device(accountId: string, name: string): Promise<MfaDevice | undefined> {
    const row = await this.#db
      .selectFrom('ram_mfa_device')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('name', '=', name)
      .executeTakeFirst()
    return row === undefined ? undefined : deviceOf(row)
  }

  async of(userId: string): Promise<MfaDevice | undefined> {
    const row = await this.#db.selectFrom('ram_mfa_device').selectAll().where('user_id', '=', userId).executeTakeFirst()
    return row === undefined ? undefined : deviceOf(row)
  }

  async count(accountId: string): Promise<number> {
    const row = await this.#db
      .selectFrom('ram_mfa_device')
      .select((eb) => eb.fn.countAll().as('count'))
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow()
    return Number(row.count)
  }

  /** In the order of names, each with its user. */
  async devices(accountId: string): Promise<readonly (MfaDevice & { readonly user: BoundUser | undefined })[]> {
    const rows = await this.#db
      .selectFrom('ram_mfa_device')
      .leftJoin('ram_user', 'ram_user.id', 'ram_mfa_device.user_id')
      .selectAll('ram_mfa_device')
      .select(['ram_user.name as user_name', 'ram_user.display_name'])
      .where('ram_mfa_device.account_id', '=', accountId)
      .orderBy('ram_mfa_device.name')
      .execute()
    return rows.map(({ user_name: name, display_name: displayName, ...row }) => ({
      ...deviceOf(row),
      user:
        row.user_id === null || name === null
          ? undefined
          : { id: row.user_id, name, displayName: displayName ?? undefined },
    }))
  }

  async seed({ accountId, name }: MfaDevice): Promise<Secret> {
    const row = await this.#db
      .selectFrom('ram_mfa_device')
      .select('seed_sealed')
      .where('account_id', '=', accountId)
      .where('name', '=', name)
      .executeTakeFirstOrThrow()
    return this.#requireSealer().open(row.seed_sealed, seedContext(accountId, name))
  }

  /** With the step of the later of the two codes that proved it. */
  async bind(device: Pick<MfaDevice, 'accountId' | 'name'>, user: RamUser, step: number, at: number): Promise<void> {
    await this.#set(device, { user_id: user.id, bound_at: at, last_step: step })
    await raiseAccessEpoch(this.#db, user.accountId)
  }

  async unbind(device: MfaDevice): Promise<void> {
    await this.#set(device, { user_id: null, bound_at: null })
    await raiseAccessEpoch(this.#db, device.accountId)
  }

  /** Neither this code nor one before it counts again. */
  async used(device: MfaDevice, step: number): Promise<void> {
    await this.#set(device, { last_step: step })
  }

  async remove({ accountId, name }: MfaDevice): Promise<void> {
    await (this.#db as Writer)
      .deleteFrom('ram_mfa_device')
      .where('account_id', '=', accountId)
      .where('name', '=', name)
      .execute()
  }

  async #set(
    { accountId, name }: Pick<MfaDevice, 'accountId' | 'name'>,
    values: Partial<RamMfaDeviceTable>,
  ): Promise<void> {
    await (this.#db as Writer)
      .updateTable('ram_mfa_device')
      .set(values)
      .where('account_id', '=', accountId)
      .where('name', '=', name)
      .execute()
  }

  #requireSealer(): Sealer {
    if (this.#sealer === undefined) throw new Error('Seeds are kept and read with a sealer only.')
    return this.#sealer
  }
}

/** What a sealed seed is bound to. */
export function seedContext(accountId: string, name: string): string {
  return `ram_mfa_device/${accountId}/${name}`
}

function deviceOf(row: RamMfaDeviceTable): MfaDevice {
  return {
    accountId: row.account_id,
    name: row.name,
    userId: row.user_id ?? undefined,
    boundAt: row.bound_at ?? undefined,
    lastStep: row.last_step,
    createdAt: row.created_at,
  }
}
