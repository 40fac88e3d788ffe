import { type RawBuilder, sql } from 'kysely'
import { type Harness, openHarnessOn } from '../../packages/server/src/apis/testing/harness-on.suite.ts'
import { accountId, regionId } from '../../packages/server/src/apis/testing/names.suite.ts'
import { type SqliteDriver, sqliteDriver } from '../../packages/server/src/store/sqlite/driver.ts'
import { openSqliteStore } from '../../packages/server/src/store/sqlite/open.ts'
import type { Store } from '../../packages/server/src/store/store.ts'

export interface Size {
  readonly accounts: number
  readonly instancesPerAccount: number
  readonly ccnsPerAccount: number
  /** So many instances of each account, the first ones, are in its first CCN. */
  readonly members: number
}

/** 20 instances, 2 CCNs, 100 remote users. */
export const small: Size = { accounts: 1, instancesPerAccount: 20, ccnsPerAccount: 2, members: 10 }
/** 20,000 instances, 2,000 CCNs, 100,000 remote users; each account at the quota of instances. */
export const large: Size = { accounts: 40, instancesPerAccount: 500, ccnsPerAccount: 50, members: 400 }

/** Every so-many-th instance is an App, the last of each row. */
const appEvery = 20
export const usersPerApp = 100
const sessionsPerApp = 20
/** Of the App that is only for deep pages. */
export const usersOfCrowd = 1990
export const snatOfCrowd = 20
const addressesOfPool = 4094

export interface World extends Harness {
  readonly size: Size
  /** The text of every statement the store has prepared so far. */
  readonly statements: ReadonlySet<string>
}

/** Instance `index` of the account that calls. */
export function instanceId(index: number): string {
  return `sag-${String(index).padStart(18, '0')}`
}

export function serialOf(index: number): string {
  return `sag${String(index).padStart(12, '0')}`
}

/** The first of the two blocks of instance `index` of the account that calls. */
export function firstBlock(index: number): string {
  return `10.${index >> 7}.${(index * 2) % 256}.0/24`
}

export const ccnId = 'ccn-00000000'
export const crowdedApp = 'sag-crowdedapp'
export const crowdedBranch = 'sag-crowdedbranch'

/** The instances of the account that calls, by what can be done with them. */
export function targetsOf({ instancesPerAccount, members }: Size): {
  readonly members: readonly number[]
  readonly unbound: readonly number[]
  readonly apps: readonly number[]
} {
  const all = Array.from({ length: instancesPerAccount }, (_, index) => index)
  const hardware = all.filter((index) => !isApp(index))
  return {
    members: hardware.filter((index) => index < members),
    unbound: hardware.filter((index) => index >= members),
    apps: all.filter(isApp),
  }
}

function isApp(index: number): boolean {
  return index % appEvery === appEvery - 1
}

/** A world of the given size in a store of its own. */
export async function openWorld(size: Size): Promise<World> {
  const statements = new Set<string>()
  const driver = quickDriver(statements)
  const harness = await openHarnessOn((folder) => openSqliteStore({ folder, driver }))
  for (const statement of fill(size, harness.now)) await harness.store.write((tx) => statement.execute(tx))
  return Object.assign(harness, { size, statements })
}

/** A store that waits for no disk. */
export function quickStore(folder: string): Promise<Store> {
  return openSqliteStore({ folder, driver: quickDriver(new Set()) })
}

/** How long the disk takes to flush depends on everything but the size of a fleet. */
function quickDriver(statements: Set<string>): SqliteDriver {
  return {
    open(file, mode) {
      const connection = sqliteDriver.open(file, mode)
      return {
        get inTransaction() {
          return connection.inTransaction
        },
        close: () => connection.close(),
        exec: (text) => connection.exec(text.replace('synchronous = full', 'synchronous = off')),
        prepare(text) {
          statements.add(text)
          return connection.prepare(text)
        },
      }
    },
  }
}

/** One statement a table, in which the database counts: a hundred times faster than to bring it every row. */
function fill(size: Size, now: number): readonly RawBuilder<unknown>[] {
  const { accounts, instancesPerAccount, ccnsPerAccount, members } = size
  const instances = accounts * instancesPerAccount
  const account = (number: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`iif(${number} = 0, ${accountId}, printf('131%013d', ${number}))`
  // Of instance n: its account and which it is there.
  const owner = sql`(n / ${sql.lit(instancesPerAccount)})`
  const place = sql`(n % ${sql.lit(instancesPerAccount)})`
  const id = sql`printf('sag-%018d', n)`
  const serial = sql`printf('sag%012d', n)`
  const appRow = sql`n % ${sql.lit(appEvery)} = ${sql.lit(appEvery - 1)}`
  const ownCcn = sql`printf('ccn-%08d', ${owner} * ${sql.lit(ccnsPerAccount)})`
  const inCcn = sql`(not ${appRow} and ${place} < ${sql.lit(members)})`
  const block = (nth: number): RawBuilder<unknown> => sql`(167772160 + (${place} * 2 + ${sql.lit(nth)}) * 256)`
  const textOf = (address: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`printf('%d.%d.%d.%d', ${address} >> 24, (${address} >> 16) & 255, (${address} >> 8) & 255, ${address} & 255)`
  const upTo = (count: number): RawBuilder<unknown> =>
    sql`with recursive row(n) as (select 0 union all select n + 1 from row where n + 1 < ${sql.lit(count)})`
  const columns = sql.raw(`id, account_id, region_id, kind, spec, name, ha_type, max_bandwidth, order_id,
    already_have_sag, period_months, created_at, paid_at, shipped_at, arrived_at, activated_at, routing_strategy,
    security_lock_threshold, ccn_id, ccn_bound_at, user_count, data_plan`)
  const begun = sql.lit(now - 1000)
  const pool = (app: RawBuilder<unknown>, condition: RawBuilder<unknown>): RawBuilder<unknown> => sql`
    insert into instance_cidr (instance_id, position, cidr, first, last)
    select ${app}, 0, '172.16.0.0/20', 2886729728, ${sql.lit(2886729728 + addressesOfPool + 1)} from row where ${condition}`
  const user = sql.raw(`insert into client_user (instance_id, name, mail, bandwidth, client_ip, password_hash, state,
    created_at, password_changed_at)`)

  return [
    sql`insert into account (id, name, created_at) ${upTo(accounts)}
      select ${account(sql`n`)}, n, 0 from row where n > 0`,
    sql`insert into ccn (id, account_id, region_id, name, cidr_block, snat_cidr_block, interworking, is_default,
        created_at, cen_id) ${upTo(accounts * ccnsPerAccount)}
      select printf('ccn-%08d', n), ${account(sql`n / ${sql.lit(ccnsPerAccount)}`)}, ${regionId}, 'network-' || n,
        '10.0.0.0/8', '10.200.0.0/16', 'enable', 0, ${begun} - n, printf('cen-%d', n) from row`,
    sql`insert into vbr (id, account_id, region_id, cen_id, bgp) ${upTo(accounts)}
      select 'vbr-' || n, ${account(sql`n`)}, ${regionId}, printf('cen-%d', n * ${sql.lit(ccnsPerAccount)}), 1 from row`,
    sql`insert into vbr_route (vbr_id, cidr, first, last) ${upTo(accounts)}
      select 'vbr-' || n, '192.168.0.0/24', 3232235520, 3232235775 from row`,
    sql`insert into instance (${columns}) ${upTo(instances)}
      select ${id}, ${account(owner)}, ${regionId}, iif(${appRow}, 'app', 'hardware'),
        iif(${appRow}, 'sag-software', 'sag-1000'), 'branch-' || n, 'warm_backup', 50, 'order-' || n, 0, 12,
        ${begun} - n, ${begun}, ${begun}, ${begun}, ${begun}, 'static', 0, iif(${inCcn} or ${appRow}, ${ownCcn}, null),
        iif(${inCcn} or ${appRow}, ${begun}, null), iif(${appRow}, ${sql.lit(usersPerApp * 10)}, null), iif(${appRow}, 5, null)
      from row`,
    sql`insert into device (serial, model, version, created_at, instance_id, role, bound_at, enrolment_key_sealed, node,
        connected_at, last_seen_at, syn_status, resettable, password_generation, applied_revision) ${upTo(instances)}
      select ${serial}, 'sag-1000', '2.3.1.1', 0, ${id}, 'active', 0, '', 'node-1', 0, 0, 'Synchronized', 1, 1, 0
      from row where not ${appRow}`,
    ...[0, 1].map(
      (nth) => sql`insert into instance_cidr (instance_id, position, cidr, first, last, ccn_id) ${upTo(instances)}
        select ${id}, ${sql.lit(nth)}, ${textOf(block(nth))} || '/24', ${block(nth)}, ${block(nth)} + 255,
          iif(${inCcn}, ${ownCcn}, null)
        from row where not ${appRow}`,
    ),
    sql`insert into instance_cidr (instance_id, position, cidr, first, last) ${upTo(instances)}
      select ${id}, 0, '172.16.0.0/20', 2886729728, ${sql.lit(2886729728 + addressesOfPool + 1)} from row where ${appRow}`,
    sql`insert into snat_entry (id, instance_id, ccn_id, cidr, first, last, snat_ip, created_at) ${upTo(instances)}
      select 'snat-' || n, ${id}, ${ownCcn}, '192.168.0.0/24', 3232235520, 3232235775, 180879361 + ${place}, 0
      from row where ${inCcn}`,
    sql`insert into service_address (instance_id, serial, address_type, address, created_at) ${upTo(instances)}
      select ${id}, ${serial}, 'RemoteWeb', ${block(0)} + 1, 0 from row where not ${appRow}`,
    sql`insert into gateway_config (instance_id, revision, config) ${upTo(instances)}
      select ${id}, 1, '{}' from row where not ${appRow}`,
    sql`insert into password_change (id, serial, instance_id, account_id, principal, request_id, requested_at,
        decided_at, outcome) ${upTo(instances)}
      select 'change-' || n, ${serial}, ${id}, ${account(owner)}, '', '', 0, 0, 'succeeded' from row`,
    sql`insert into device_event (serial, kind, at, detail) ${upTo(instances)}
      select ${serial}, 'DeviceOnline', 0, '' from row`,
    sql`insert into nonce (hash, expires_at) ${upTo(instances)} select 'nonce-' || n, ${begun} from row`,
    sql`${user} ${upTo((instances / appEvery) * usersPerApp)}
      select printf('sag-%018d', (n / ${sql.lit(usersPerApp)}) * ${sql.lit(appEvery)} + ${sql.lit(appEvery - 1)}),
        printf('worker%04d', n % ${sql.lit(usersPerApp)}), 'worker@example.com', 2000,
        iif(n % 10 = 0, 2886729730 + n % ${sql.lit(usersPerApp)}, null), 'the hash', 'enabled', 0, 0
      from row`,
    sql`insert into client_session (id, instance_id, user_name, address, online_at, last_seen_at, token_hash, terminal,
        source) ${upTo((instances / appEvery) * sessionsPerApp)}
      select 'session-' || n,
        printf('sag-%018d', (n / ${sql.lit(sessionsPerApp)}) * ${sql.lit(appEvery)} + ${sql.lit(appEvery - 1)}),
        printf('worker%04d', n % ${sql.lit(sessionsPerApp)}), 2886729730 + n % ${sql.lit(sessionsPerApp)}, ${begun},
        ${begun}, 'token-' || n, 'Linux', '192.0.2.1'
      from row`,
    // For deep pages. They lie in another region, where they change no listing of the rest.
    sql`insert into instance (${columns}) select ${crowdedApp}, ${accountId}, 'cn-hangzhou', 'app', 'sag-software',
        'crowd', 'warm_backup', 50, 'order-of-app', 0, 12, ${begun}, ${begun}, ${begun}, ${begun}, ${begun}, 'static',
        0, null, null, 2000, 5`,
    sql`insert into instance (${columns}) select ${crowdedBranch}, ${accountId}, 'cn-hangzhou', 'hardware', 'sag-1000',
        'crowd', 'warm_backup', 50, 'order-of-branch', 0, 12, ${begun}, ${begun}, ${begun}, ${begun}, ${begun},
        'static', 0, null, null, null, null`,
    sql`${upTo(1)} ${pool(sql`${crowdedApp}`, sql`true`)}`,
    sql`${user} ${upTo(usersOfCrowd)}
      select ${crowdedApp}, printf('worker%04d', n), 'worker@example.com', 2000, null, 'the hash', 'enabled', 0, 0
      from row`,
    sql`insert into snat_entry (id, instance_id, cidr, first, last, snat_ip, created_at) ${upTo(snatOfCrowd)}
      select 'snat-crowd' || n, ${crowdedBranch}, '192.168.' || n || '.0/24', 3232235520 + n * 256,
        3232235775 + n * 256, 180879361 + n, n
      from row`,
    sql`insert into sag_grant (instance_id, ccn_id, id, ccn_account_id, traffic_service, created_at) ${upTo(ccnsPerAccount)}
      select ${crowdedBranch}, printf('ccn-%08d', n), 'sgc-' || n, ${accountId}, 0, 0 from row`,
  ]
}
