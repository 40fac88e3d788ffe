import type { Selectable } from 'kysely'
import type { ClientUser } from '../../model/client-user.ts'
import type { SessionEnd } from '../../model/logon.ts'
import type { Page } from '../fleet/fleet.ts'
import type { Reader, Writer } from '../store.ts'
import { type ClientSession, endSession, sessionById, sessionOfUser, sessionsOfInstance } from './client-sessions.ts'
import { type ConnectionQuery, connectionsOf, type StoredConnection } from './connection-records.ts'
import { copyUser, findRoamingPeers } from './roaming.ts'
import type { ClientUserTable } from './tables.ts'
import { carriedIn } from './user-traffic.ts'

export interface UserFilter {
  readonly name?: string | undefined
  readonly mail?: string | undefined
}

export interface NewClientUser {
  readonly instanceId: string
  readonly name: string
  readonly mail: string
  /** Kbit/s. */
  readonly bandwidth: number
  readonly clientIp: number | undefined
  readonly passwordHash: string
  readonly createdAt: number
}

export interface UserEdit {
  readonly mail?: string | undefined
  readonly bandwidth?: number | undefined
  readonly accelerateBandwidth?: number | undefined
  readonly state?: ClientUser['state'] | undefined
}

/** Everything but the hash, which only a logon and a reset may see. */
const columns = [
  'instance_id',
  'name',
  'mail',
  'bandwidth',
  'accelerate_bandwidth',
  'client_ip',
  'state',
  'created_at',
  'password_changed_at',
  'traffic_bytes',
  'traffic_month',
] as const satisfies readonly (keyof ClientUserTable)[]

/** Accounts of SAG APP instances and their sessions, inside one unit of work. */
export class RemoteUsers {
  readonly #db: Reader | Writer
  /** Sessions with a tunnel that were ended or changed, by point of presence: they are told once this unit of work is durable. */
  readonly changed = new Map<string, Set<string>>()

  constructor(db: Reader | Writer) {
    this.#db = db
  }

  async user(instanceId: string, name: string): Promise<ClientUser | undefined> {
    const row = await this.#db
      .selectFrom('client_user')
      .select(columns)
      .where('instance_id', '=', instanceId)
      .where('name', '=', name)
      .executeTakeFirst()
    return row === undefined ? undefined : userOf(row)
  }

  /** By name. */
  async users(
    instanceId: string,
    { name, mail }: UserFilter,
    page: Page,
  ): Promise<{ readonly total: number; readonly users: readonly ClientUser[] }> {
    let matching = this.#db.selectFrom('client_user').where('instance_id', '=', instanceId)
    if (name !== undefined) matching = matching.where('name', '=', name)
    if (mail !== undefined) matching = matching.where('mail', '=', mail)
    const counted = await matching.select((eb) => eb.fn.countAll().as('total')).executeTakeFirstOrThrow()
    const total = Number(counted.total)
    const before = (page.number - 1) * page.size
    const size = Math.min(page.size, total - before)
    if (size <= 0) return { total, users: [] }
    // Counted from the nearer end, the last page is as near as the first.
    const after = total - before - size
    const backwards = after < before
    const rows = await matching
      .select(columns)
      .orderBy('name', backwards ? 'desc' : 'asc')
      .limit(size)
      .offset(backwards ? after : before)
      .execute()
    if (backwards) rows.reverse()
    return { total, users: rows.map(userOf) }
  }

  async countUsers(instanceId: string): Promise<number> {
    const { total } = await this.#db
      .selectFrom('client_user')
      .select((eb) => eb.fn.countAll().as('total'))
      .where('instance_id', '=', instanceId)
      .executeTakeFirstOrThrow()
    return Number(total)
  }

  /** Whose fixed address this is. */
  async userAt(instanceId: string, address: number): Promise<string | undefined> {
    const row = await this.#db
      .selectFrom('client_user')
      .select('name')
      .where('instance_id', '=', instanceId)
      .where('client_ip', '=', address)
      .executeTakeFirst()
    return row?.name
  }

  async passwordHash(instanceId: string, name: string): Promise<string | undefined> {
    const row = await this.#db
      .selectFrom('client_user')
      .select('password_hash')
      .where('instance_id', '=', instanceId)
      .where('name', '=', name)
      .executeTakeFirst()
    return row?.password_hash
  }

  async addUser(user: NewClientUser): Promise<void> {
    await this.writer()
      .insertInto('client_user')
      .values({
        instance_id: user.instanceId,
        name: user.name,
        mail: user.mail,
        bandwidth: user.bandwidth,
        accelerate_bandwidth: null,
        client_ip: user.clientIp ?? null,
        password_hash: user.passwordHash,
        state: 'enabled',
        created_at: user.createdAt,
        password_changed_at: user.createdAt,
        traffic_bytes: 0,
        traffic_month: 0,
      })
      .execute()
  }

  /** Members that are undefined stay as they are. */
  async editUser(instanceId: string, name: string, edit: UserEdit): Promise<void> {
    const { mail, bandwidth, accelerateBandwidth, state } = edit
    const changed = {
      ...(mail === undefined ? {} : { mail }),
      ...(bandwidth === undefined ? {} : { bandwidth }),
      ...(accelerateBandwidth === undefined ? {} : { accelerate_bandwidth: accelerateBandwidth }),
      ...(state === undefined ? {} : { state }),
    }
    if (Object.keys(changed).length === 0) return
    await this.writer()
      .updateTable('client_user')
      .set(changed)
      .where('instance_id', '=', instanceId)
      .where('name', '=', name)
      .execute()
    const isOfTunnel = bandwidth !== undefined || accelerateBandwidth !== undefined
    if (isOfTunnel) this.#note(await sessionOfUser(this.#db, instanceId, name))
  }

  /** False when there is no such account. */
  async setPasswordHash(instanceId: string, name: string, hash: string, at: number): Promise<boolean> {
    const { numUpdatedRows } = await this.writer()
      .updateTable('client_user')
      .set({ password_hash: hash, password_changed_at: at })
      .where('instance_id', '=', instanceId)
      .where('name', '=', name)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }

  /** With its sessions. When a hash is given, only while that is its password. */
  async deleteUser(instanceId: string, name: string, at: number, withHash?: string): Promise<void> {
    let account = this.writer().deleteFrom('client_user').where('instance_id', '=', instanceId).where('name', '=', name)
    if (withHash !== undefined) account = account.where('password_hash', '=', withHash)
    const { numDeletedRows } = await account.executeTakeFirst()
    if (numDeletedRows > 0n) await this.endSessionsOf(instanceId, name, 'UserDeleted', at)
  }

  /** Who is online, by name. */
  sessionsOf(instanceId: string): Promise<readonly ClientSession[]> {
    return sessionsOfInstance(this.#db, instanceId)
  }

  /** Bytes that accounts have carried in a month (YYYYMM), by name; one that is not there is left out. */
  carried(instanceId: string, names: readonly string[], month: number): Promise<ReadonlyMap<string, number>> {
    return carriedIn(this.#db, instanceId, names, month)
  }

  /** How many are online, by instance; one without any is left out. */
  async onlineIn(instanceIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (instanceIds.length === 0) return new Map()
    const rows = await this.#db
      .selectFrom('client_session')
      .select(['instance_id', (eb) => eb.fn.countAll().as('online')])
      .where('instance_id', 'in', [...instanceIds])
      .groupBy('instance_id')
      .execute()
    return new Map(rows.map(({ instance_id, online }) => [instance_id, Number(online)]))
  }

  /** Logons, logoffs and refused logons that were recorded, the newest first. */
  connections(query: ConnectionQuery): Promise<readonly StoredConnection[]> {
    return connectionsOf(this.#db, query)
  }

  /** The account's, when it is online. */
  sessionOf(instanceId: string, userName: string): Promise<ClientSession | undefined> {
    return sessionOfUser(this.#db, instanceId, userName)
  }

  /** `why` is for the audit. One that is over already stays so. */
  async endSession(id: string, why: SessionEnd, at: number): Promise<void> {
    const session = await sessionById(this.#db, id)
    await this.#end(session, why, at)
  }

  /** Ends what the account has online. */
  async endSessionsOf(instanceId: string, userName: string, why: SessionEnd, at: number): Promise<void> {
    const session = await sessionOfUser(this.#db, instanceId, userName)
    await this.#end(session, why, at)
  }

  /** The instances that share an account with this one because it roams. */
  roamingPeers(instanceId: string): Promise<readonly string[]> {
    return findRoamingPeers(this.#db, instanceId)
  }

  /** Copies an account that has no fixed address, with its password, to another instance. */
  async roamUser(copy: { name: string; from: string; to: string; at: number }): Promise<void> {
    await copyUser(this.writer(), copy)
  }

  async #end(session: ClientSession | undefined, why: SessionEnd, at: number): Promise<void> {
    if (session === undefined) return
    await endSession(this.writer(), session, why, at)
    this.#note(session)
  }

  #note(session: ClientSession | undefined): void {
    if (session?.pop === undefined) return
    const sessions = this.changed.get(session.pop) ?? new Set()
    this.changed.set(session.pop, sessions.add(session.id))
  }

  /** The unit of work, for what changes things. */
  protected writer(): Writer {
    return this.#db as Writer
  }
}

/** What a session rests on of its account, by name. */
export async function usersNamed(
  db: Reader,
  instanceId: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, Pick<ClientUser, 'state' | 'clientIp'>>> {
  const rows = await db
    .selectFrom('client_user')
    .select(['name', 'state', 'client_ip'])
    .where('instance_id', '=', instanceId)
    .where('name', 'in', names)
    .execute()
  return new Map(rows.map(({ name, state, client_ip }) => [name, { state, clientIp: client_ip ?? undefined }]))
}

function userOf(row: Pick<Selectable<ClientUserTable>, (typeof columns)[number]>): ClientUser {
  return {
    instanceId: row.instance_id,
    name: row.name,
    mail: row.mail,
    bandwidth: row.bandwidth,
    accelerateBandwidth: row.accelerate_bandwidth || undefined,
    clientIp: row.client_ip ?? undefined,
    state: row.state,
    createdAt: row.created_at,
    passwordChangedAt: row.password_changed_at,
    trafficBytes: row.traffic_bytes,
    trafficMonth: row.traffic_month,
  }
}

export function createRemoteUsers(db: Reader | Writer): RemoteUsers {
  return new RemoteUsers(db)
}
