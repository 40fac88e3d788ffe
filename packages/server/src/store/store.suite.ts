import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Column } from '../columns/column.ts'
import { deviceColumns } from '../columns/device.ts'
import { instanceColumns } from '../columns/instance.ts'
import { type Columns, type DefaultedOf, has, newRow, type RowOf } from '../columns/table.ts'
import { blankDevice, blankInstance } from '../model/lifecycle-start.ts'
import { forgottenTimes } from './access/forgotten-times.ts'
import { sliceMs, sliceOf } from './access/nonce-set.ts'
import { forgetBatch, nonceLifeMs } from './access/nonces.ts'
import { isWithin, type TimeSpan } from './access/time-spans.ts'
import { compiledQuery, compiledRow, compiledUpdate } from './compiled-query.ts'
import { NewerDataFolder, SchemaNotUpgraded, TooManyNonces, UnreleasedDataFolder } from './errors.ts'
import type { Schema } from './schema.ts'
import type { Burn, Reader, Store, Writer } from './store.ts'

/** A place a store lives in, new and empty; opened any number of times, one after the other. */
export interface Place {
  open(bounds?: { readonly mostNonces: number }): Promise<Store>
  remove(): Promise<void>
}

function namesOf<C extends Columns>(table: C): { readonly [N in keyof RowOf<C>]: true } {
  const names = Object.values(table).map(({ name }) => [name, true])
  return Object.fromEntries(names) as { readonly [N in keyof RowOf<C>]: true }
}

/** Every column of every table: the compiler holds it against the schema, a test against the database. */
const columns: { readonly [T in keyof Schema]: { readonly [C in keyof Schema[T]]: true } } = {
  account: {
    id: true,
    name: true,
    created_at: true,
    access_epoch: true,
    alias: true,
    password_policy: true,
    security_preference: true,
  },
  pace_use: { run: true, kind: true, name: true, taken: true, at: true },
  guess: { kind: true, guesser: true, failures: true, last_at: true },
  access_key: {
    id: true,
    account_id: true,
    secret_sealed: true,
    status: true,
    created_at: true,
    user_id: true,
    last_used_at: true,
  },
  nonce: { id: true, hash: true, expires_at: true },
  nonce_run: { id: true, expires_by: true, fingerprints: true },
  instance: namesOf(instanceColumns),
  device: namesOf(deviceColumns),
  password_change: {
    id: true,
    serial: true,
    instance_id: true,
    account_id: true,
    principal: true,
    request_id: true,
    requested_at: true,
    decided_at: true,
    generation: true,
    outcome: true,
  },
  device_event: { id: true, serial: true, kind: true, at: true, detail: true, instance_id: true },
  setting: { name: true, value: true },
  commit_mark: { writer: true, number: true, written_at: true },
  instance_cidr: { instance_id: true, position: true, cidr: true, first: true, last: true, ccn_id: true },
  snat_entry: {
    id: true,
    instance_id: true,
    ccn_id: true,
    cidr: true,
    first: true,
    last: true,
    snat_ip: true,
    created_at: true,
  },
  dnat_entry: {
    id: true,
    instance_id: true,
    ccn_id: true,
    type: true,
    protocol: true,
    external_ip: true,
    external_port: true,
    internal_ip: true,
    internal_port: true,
    created_at: true,
  },
  alert_rule: {
    id: true,
    account_id: true,
    name: true,
    kind: true,
    threshold: true,
    instance_ids: true,
    channel_ids: true,
    quiet_from: true,
    quiet_to: true,
    quiet_offset: true,
    repeat_minutes: true,
    enabled: true,
    created_at: true,
  },
  alert_channel: {
    id: true,
    account_id: true,
    name: true,
    kind: true,
    language: true,
    target_sealed: true,
    secret_sealed: true,
    created_at: true,
    sent_at: true,
    failed_at: true,
    failure: true,
  },
  alert: {
    id: true,
    account_id: true,
    rule_id: true,
    rule_name: true,
    kind: true,
    cause: true,
    once: true,
    instance_id: true,
    instance_name: true,
    serial: true,
    event: true,
    state: true,
    since: true,
    opened_at: true,
    acknowledged_at: true,
    acknowledged_by: true,
    closed_at: true,
    told_at: true,
    end_untold: true,
  },
  alert_message: {
    id: true,
    account_id: true,
    channel_id: true,
    content: true,
    created_at: true,
    due_at: true,
    attempts: true,
  },
  flow_log: {
    id: true,
    account_id: true,
    region_id: true,
    name: true,
    description: true,
    output_type: true,
    project: true,
    logstore: true,
    sls_region: true,
    server_ip: true,
    server_port: true,
    netflow_version: true,
    active_aging: true,
    inactive_aging: true,
    active: true,
    created_at: true,
    resource_group_id: true,
  },
  health_check: {
    id: true,
    instance_id: true,
    generation: true,
    name: true,
    description: true,
    source: true,
    destination: true,
    source_port: true,
    destination_port: true,
    interval_ms: true,
    probe_count: true,
    timeout_ms: true,
    slow_ms: true,
    slow_answers: true,
    failures: true,
    created_at: true,
  },
  health_report: { serial: true, at: true, report: true },
  probe_task: {
    id: true,
    instance_id: true,
    serial: true,
    generation: true,
    name: true,
    type: true,
    protocol: true,
    domain: true,
    port: true,
    source: true,
    packets: true,
    enabled: true,
    created_at: true,
    modified_at: true,
  },
  probe_report: { serial: true, at: true, report: true },
  route_report: { serial: true, at: true, report: true },
  route_strategy: {
    instance_id: true,
    side: true,
    source: true,
    cidr: true,
    distribution: true,
    health_check_id: true,
    created_at: true,
  },
  service_address: { instance_id: true, serial: true, address_type: true, address: true, created_at: true },
  ccn: {
    id: true,
    account_id: true,
    region_id: true,
    name: true,
    description: true,
    cidr_block: true,
    snat_cidr_block: true,
    interworking: true,
    is_default: true,
    created_at: true,
    cen_id: true,
    cen_owner_id: true,
    subnet: true,
    resource_group_id: true,
  },
  sag_grant: {
    instance_id: true,
    ccn_id: true,
    id: true,
    ccn_account_id: true,
    traffic_service: true,
    created_at: true,
  },
  cen_grant: {
    ccn_id: true,
    cen_id: true,
    id: true,
    cen_account_id: true,
    traffic_service: true,
    created_at: true,
    modified_at: true,
  },
  vbr_grant: {
    instance_id: true,
    vbr_id: true,
    id: true,
    vbr_region_id: true,
    vbr_account_id: true,
    created_at: true,
  },
  vbr: { id: true, account_id: true, region_id: true, cen_id: true, bgp: true, instance_id: true, bound_at: true },
  vbr_route: { vbr_id: true, cidr: true, first: true, last: true },
  acl: { id: true, account_id: true, region_id: true, name: true, type: true, created_at: true },
  acl_rule: {
    id: true,
    acl_id: true,
    name: true,
    description: true,
    policy: true,
    direction: true,
    side: true,
    priority: true,
    protocol: true,
    source_cidr: true,
    source_ports: true,
    dest_cidr: true,
    dest_ports: true,
    applications: true,
    created_at: true,
  },
  qos: {
    id: true,
    account_id: true,
    region_id: true,
    name: true,
    description: true,
    created_at: true,
    resource_group_id: true,
  },
  qos_car: {
    id: true,
    qos_id: true,
    name: true,
    description: true,
    priority: true,
    limit_type: true,
    min_abs: true,
    max_abs: true,
    min_percent: true,
    max_percent: true,
    percent_source: true,
    created_at: true,
  },
  qos_policy: {
    id: true,
    qos_id: true,
    name: true,
    description: true,
    priority: true,
    protocol: true,
    source_cidr: true,
    source_ports: true,
    dest_cidr: true,
    dest_ports: true,
    applications: true,
    start_time: true,
    end_time: true,
    created_at: true,
  },
  client_user: {
    instance_id: true,
    name: true,
    mail: true,
    bandwidth: true,
    client_ip: true,
    password_hash: true,
    state: true,
    created_at: true,
    password_changed_at: true,
    traffic_bytes: true,
    traffic_month: true,
    roamed_from: true,
    accelerate_bandwidth: true,
  },
  client_session: {
    id: true,
    instance_id: true,
    user_name: true,
    address: true,
    online_at: true,
    last_seen_at: true,
    token_hash: true,
    terminal: true,
    source: true,
    pop: true,
    bytes: true,
  },
  client_user_month: { instance_id: true, user_name: true, month: true, bytes: true },
  connection_audit: {
    id: true,
    instance_id: true,
    at: true,
    user_name: true,
    event: true,
    terminal: true,
    source: true,
    address: true,
    detail: true,
  },
  enterprise_code: { code: true, shown: true, account_id: true, is_default: true, created_at: true },
  size_order: { id: true, instance_id: true, user_count: true, data_plan: true, created_at: true, max_bandwidth: true },
  gateway_config: { instance_id: true, revision: true, config: true },
  pop: { serial: true, endpoint: true, created_at: true, removed_at: true, revision: true, digest: true },
  network_number: { kind: true, name: true, number: true },
  network_report: { serial: true, at: true, report: true },
  traffic: {
    serial: true,
    span: true,
    slot: true,
    at: true,
    received: true,
    sent: true,
    packets: true,
    dropped: true,
    beats: true,
    lost: true,
    trip: true,
  },
  series: { instance_id: true, subject: true, span: true, begin_at: true, steps: true },
  series_kept: { instance_id: true, subject: true, at: true },
  client_load: { at: true, instance_id: true, looked_at: true, looks: true, users: true, most: true },
  fleet_step: {
    account_id: true,
    at: true,
    gateways: true,
    online: true,
    counted: true,
    received: true,
    sent: true,
    looks: true,
    users: true,
  },
  application_package: {
    id: true,
    account_id: true,
    region_id: true,
    name: true,
    bandwidth: true,
    applications: true,
    created_at: true,
  },
  diagnosis: { serial: true, id: true, asked_at: true, told_at: true, report: true },
  point_quality: { serial: true, at: true, report: true },
  upgrade_policy: {
    serial: true,
    version_type: true,
    upgrade_type: true,
    cron: true,
    duration: true,
    time_zone: true,
    tried_version: true,
    tried_at: true,
    seen_start: true,
  },
  job: {
    id: true,
    account_id: true,
    kind: true,
    format: true,
    version: true,
    params: true,
    first_wave: true,
    wave_growth: true,
    largest_wave: true,
    most_failures: true,
    start_at: true,
    window_from: true,
    window_to: true,
    window_offset: true,
    state: true,
    ending: true,
    reason: true,
    waves: true,
    creator: true,
    creator_user_id: true,
    creator_mfa: true,
    creator_source: true,
    creator_secure: true,
    created_at: true,
    began_at: true,
    ended_at: true,
    node: true,
    leased_until: true,
    epoch: true,
  },
  job_item: {
    job_id: true,
    position: true,
    wave: true,
    instance_id: true,
    region_id: true,
    serial: true,
    password_sealed: true,
    state: true,
    code: true,
    expected: true,
    began_at: true,
    told_at: true,
    ended_at: true,
  },
  firmware: { model: true, version: true, name: true, type: true, created_at: true },
  ram_user: {
    id: true,
    account_id: true,
    name: true,
    created_at: true,
    updated_at: true,
    display_name: true,
    mobile_phone: true,
    email: true,
    comments: true,
    last_login_at: true,
  },
  ram_group: { id: true, account_id: true, name: true, created_at: true, updated_at: true, comments: true },
  ram_group_member: { group_id: true, user_id: true, joined_at: true },
  ram_login_profile: {
    user_id: true,
    password_hash: true,
    password_reset_required: true,
    mfa_bind_required: true,
    created_at: true,
    password_changed_at: true,
    failures: true,
    failing_since: true,
  },
  ram_former_password: { user_id: true, password_hash: true, replaced_at: true },
  ram_mfa_device: {
    account_id: true,
    name: true,
    seed_sealed: true,
    user_id: true,
    bound_at: true,
    last_step: true,
    created_at: true,
  },
  ram_identity: { user_id: true, issuer: true, subject: true, account_id: true, bound_at: true },
  ram_security_key: {
    id: true,
    account_id: true,
    user_id: true,
    name: true,
    credential_id: true,
    public_key: true,
    transports: true,
    rp_id: true,
    counter: true,
    created_at: true,
    last_used_at: true,
  },
  ram_security_key_challenge: {
    hash: true,
    user_id: true,
    purpose: true,
    basis: true,
    origin: true,
    expires_at: true,
  },
  ram_role: {
    id: true,
    account_id: true,
    name: true,
    created_at: true,
    updated_at: true,
    description: true,
    trust_policy: true,
    max_session_duration: true,
    service_name: true,
  },
  ram_policy: {
    id: true,
    account_id: true,
    name: true,
    created_at: true,
    updated_at: true,
    description: true,
    last_version: true,
    examples: true,
  },
  ram_tag: { account_id: true, resource_type: true, resource_name: true, tag_key: true, tag_value: true },
  ram_policy_version: { policy_id: true, version: true, document: true, is_default: true, created_at: true },
  ram_attachment: {
    account_id: true,
    target_kind: true,
    target_id: true,
    policy_type: true,
    policy_name: true,
    attached_at: true,
  },
  sts_session: {
    id: true,
    account_id: true,
    secret_sealed: true,
    token_hash: true,
    created_at: true,
    expires_at: true,
    access_key_id: true,
    user_id: true,
    profile_tag: true,
    role_id: true,
    session_name: true,
    policy: true,
    begun_by: true,
    mfa_present: true,
    last_used_at: true,
    source: true,
    browser: true,
    logon_method: true,
  },
  audit_event: {
    id: true,
    at: true,
    account_id: true,
    principal: true,
    principal_id: true,
    access_key_id: true,
    source: true,
    product: true,
    action: true,
    level: true,
    region_id: true,
    resources: true,
    outcome: true,
    request_id: true,
    times: true,
    first_at: true,
    details: true,
    through: true,
  },
  node: { id: true, started_at: true, seen_at: true, version: true },
  audit_seal: {
    number: true,
    first_id: true,
    last_id: true,
    entries: true,
    total_bytes: true,
    newest_at: true,
    sealed_at: true,
    hash: true,
    key_id: true,
    signature: true,
  },
}

/** The row as one writes it who leaves to the database whatever it knows. */
function withoutDefaults<C extends Columns>(table: C, row: RowOf<C>): Omit<RowOf<C>, DefaultedOf<C>> {
  const left = new Set(Object.values(table).flatMap((column) => (has(column, 'databaseDefault') ? [column.name] : [])))
  const kept = Object.entries(row).filter(([name]) => !left.has(name))
  return Object.fromEntries(kept) as Omit<RowOf<C>, DefaultedOf<C>>
}

const settingByName = compiledQuery((db: Reader, given: { name: string }) =>
  db.selectFrom('setting').selectAll().where('name', '=', given.name),
)
const changeSetting = compiledQuery((tx: Writer, given: { name: string; value: string }) =>
  tx.updateTable('setting').set({ value: given.value }).where('name', '=', given.name),
)

const firstSettingFrom = compiledRow((db: Reader, given: { name: string }) =>
  db.selectFrom('setting').selectAll().where('name', '>=', given.name).orderBy('name'),
)
const update = compiledUpdate(
  (tx, columns: { readonly value?: string; readonly name?: string }, given: { readonly now: string }) =>
    tx.updateTable('setting').set(columns).where('name', '=', given.now),
)

function put(store: Store, name: string, value = ''): Promise<unknown> {
  return store.write((tx) => tx.insertInto('setting').values({ name, value }).execute())
}

async function names(store: Store): Promise<readonly string[]> {
  const rows = await store.read((db) => db.selectFrom('setting').select('name').orderBy('name').execute())
  return rows.map(({ name }) => name)
}

async function addTo(tx: Writer, name: string, amount: number): Promise<void> {
  const { rows } = await settingByName(tx, { name })
  await changeSetting(tx, { name, value: String(Number(rows[0]?.value) + amount) })
}

async function total(db: Reader): Promise<number> {
  let sum = 0
  for (const { name } of await db.selectFrom('setting').select('name').execute()) {
    sum += Number((await settingByName(db, { name })).rows[0]?.value)
  }
  return sum
}

/** What every store must do, whatever database it is. */
export function storeSuite(newPlace: () => Promise<Place>): void {
  let place: Place
  let store: Store

  beforeEach(async () => {
    place = await newPlace()
    store = await place.open()
  })
  afterEach(async () => {
    await store.close()
    await place.remove()
  })

  async function reopen(): Promise<void> {
    await store.close()
    store = await place.open()
  }

  describe('schema', () => {
    test('a new store has every column of the schema and no other', async () => {
      const tables = await store.write((tx) => tx.introspection.getTables())
      // The partitions of the audit trail have the columns of the whole.
      const whole = tables.filter(({ name }) => !/^audit_event_/.test(name))
      const found = whole.map(({ name, columns }) => [name, columns.map((column) => column.name).sort()])
      const wanted = Object.entries(columns).map(([name, known]) => [name, Object.keys(known).sort()])
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted))
    })

    test.each([
      ['instance', instanceColumns],
      ['device', deviceColumns],
    ] as const)('the columns of %s are as their table says: type, null and default', async (name, table) => {
      const found = await store.write((tx) => tx.introspection.getTables())
      const inDatabase = found.find((one) => one.name === name)?.columns ?? []
      const types: Readonly<Record<string, string>> = { text: 'text', integer: 'whole', int8: 'whole' }
      const actual = inDatabase.map((column) => ({
        name: column.name,
        type: types[column.dataType.toLowerCase()],
        nullable: column.isNullable,
        hasDefault: column.hasDefaultValue,
      }))
      const said = Object.values<Column>(table).map((column) => ({
        name: column.name,
        type: column.type,
        nullable: column.nullable,
        hasDefault: has(column, 'databaseDefault'),
      }))
      const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1)
      expect(actual.toSorted(byName)).toEqual(said.toSorted(byName))
    })

    test('what the database fills in by itself is what a new row holds', async () => {
      const { serial, model, version, resettable } = blankDevice({})
      const facts = { serial, model, version, resettable, createdAt: 0, enrolmentKeySealed: '' }
      const device = newRow(deviceColumns, facts)
      const instance = newRow(instanceColumns, blankInstance({ accountId: '1' }))
      await store.write(async (tx) => {
        await tx.insertInto('account').values({ id: '1', name: '', created_at: 0 }).execute()
        await tx.insertInto('instance').values(withoutDefaults(instanceColumns, instance)).execute()
        await tx.insertInto('device').values(withoutDefaults(deviceColumns, device)).execute()
      })
      expect(await store.read((db) => db.selectFrom('instance').selectAll().execute())).toEqual([instance])
      expect(await store.read((db) => db.selectFrom('device').selectAll().execute())).toEqual([device])
    })

    test('opening again changes nothing', async () => {
      await put(store, 'a')
      await reopen()
      await reopen()
      expect(await names(store)).toEqual(['a'])
    })

    test('a database of a newer version is refused and stays as it is', async () => {
      await put(store, 'a')
      await store.write((tx) =>
        sql`insert into kysely_migration (name, timestamp) values ('999-from-the-future', '2099')`.execute(tx),
      )
      await store.close()
      const refusal = await place.open().catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(NewerDataFolder)
      expect(String(refusal)).toMatch(/its schema is 999-from-the-future, and this version knows none after \d{3}-/)
      await expect(place.open()).rejects.toThrow(NewerDataFolder)
    })

    test.each([
      ['lacks a step that later ones followed', sql`delete from kysely_migration where name = '007-grants'`],
      ['has a step under another name', sql`update kysely_migration set name = '006-grants' where name = '007-grants'`],
      ['has a step between those of this version', sql`insert into kysely_migration values ('004-left-out', '2099')`],
    ])(
      'a database that %s is said to be of an unreleased build, not to be damaged, and stays as it is',
      async (_, change) => {
        await put(store, 'a')
        await store.write((tx) => change.execute(tx))
        await store.close()
        for (let attempt = 0; attempt < 2; attempt++) {
          const refusal = await place.open().catch((error: unknown) => error)
          expect(refusal).toBeInstanceOf(UnreleasedDataFolder)
          expect(String(refusal)).toMatch(/unreleased build of OpenSAG.* It is not damaged.* Nothing was changed/)
        }
      },
    )

    test('a step that fails is named, and none of those with it is taken', async () => {
      await put(store, 'a')
      // As if the last steps were still to come, while what they make is there already.
      await store.write((tx) => sql`delete from kysely_migration where name > '009-held-password'`.execute(tx))
      await store.close()
      const refusal = await place.open().catch((error: unknown) => error)
      expect(refusal).toBeInstanceOf(SchemaNotUpgraded)
      expect(String(refusal)).toMatch(/step 010-fleet-overview.* Nothing was changed/)
    })

    test('a time of 64 bits comes back as the number it was', async () => {
      const at = 2 ** 52 + 1
      await store.write((tx) => tx.insertInto('account').values({ id: '1', name: '', created_at: at }).execute())
      const rows = await store.read((db) => db.selectFrom('account').select('created_at').execute())
      expect(rows).toEqual([{ created_at: at }])
    })

    test.each([
      ['a word its column does not know', { account_id: '1', status: 'Sleeping' as 'Active' }],
      ['a reference to nothing', { account_id: '2', status: 'Active' as const }],
    ])('%s is refused', async (_what, wrong) => {
      await store.write((tx) => tx.insertInto('account').values({ id: '1', name: '', created_at: 0 }).execute())
      const row = { id: 'k', secret_sealed: '', created_at: 0, ...wrong }
      await expect(store.write((tx) => tx.insertInto('access_key').values(row).execute())).rejects.toThrow()
      expect(await store.read((db) => db.selectFrom('access_key').selectAll().execute())).toEqual([])
    })

    test('events are numbered in the order they were written', async () => {
      for (const detail of ['first', 'second', 'third']) {
        const event = { serial: 's', kind: 'DeviceOnline', at: 0, detail }
        await store.write((tx) => tx.insertInto('device_event').values(event).execute())
      }
      const rows = await store.read((db) => db.selectFrom('device_event').selectAll().orderBy('id').execute())
      expect(rows.map(({ detail }) => detail)).toEqual(['first', 'second', 'third'])
    })
  })

  describe('write', () => {
    test('resolves with what the work returns, and the next read sees it', async () => {
      const result = await store.write(async (tx) => {
        await tx.insertInto('setting').values({ name: 'a', value: '1' }).execute()
        return 'done'
      })
      expect(result).toBe('done')
      expect(await names(store)).toEqual(['a'])
    })

    test('a work that throws leaves nothing, and the others of its moment are whole', async () => {
      const wrong = new Error('no')
      const outcomes = await Promise.allSettled(
        ['a', 'b', 'c', 'd', 'e'].map((name, index) =>
          store.write(async (tx) => {
            await tx.insertInto('setting').values({ name, value: '' }).execute()
            await tx
              .insertInto('setting')
              .values({ name: `${name}2`, value: '' })
              .execute()
            if (index % 2 === 0) throw wrong
          }),
        ),
      )
      expect(outcomes.map(({ status }) => status)).toEqual([
        'rejected',
        'fulfilled',
        'rejected',
        'fulfilled',
        'rejected',
      ])
      expect(outcomes[0]).toEqual({ status: 'rejected', reason: wrong })
      expect(await names(store)).toEqual(['b', 'b2', 'd', 'd2'])
    })

    test('a work that throws before its first statement takes nothing else with it', async () => {
      const wrong = new Error('no')
      const thrower = (): Promise<never> => {
        throw wrong
      }
      const [failed] = await Promise.allSettled([store.write(thrower), put(store, 'a')])
      expect(failed).toEqual({ status: 'rejected', reason: wrong })
      expect(await names(store)).toEqual(['a'])
    })

    test('a statement the database refuses fails its own work only', async () => {
      await put(store, 'a')
      const [second, other] = await Promise.allSettled([put(store, 'a'), put(store, 'b')])
      expect([second.status, other.status]).toEqual(['rejected', 'fulfilled'])
      expect(await names(store)).toEqual(['a', 'b'])
    })

    test('survives closing and opening', async () => {
      await Promise.all(['a', 'b', 'c'].map((name) => put(store, name)))
      await reopen()
      expect(await names(store)).toEqual(['a', 'b', 'c'])
    })

    test('a transaction inside a unit of work is refused', async () => {
      await expect(store.write((tx) => tx.transaction().execute(async () => {}))).rejects.toThrow(/transaction/)
    })

    test('is refused once the store is closed, as reads are', async () => {
      const other = await newPlace()
      const closed = await other.open()
      await closed.close()
      await expect(put(closed, 'a')).rejects.toThrow()
      await expect(names(closed)).rejects.toThrow()
      await other.remove()
    })

    test('concurrent transfers, some of them failing, lose and invent nothing', async () => {
      const accounts = ['a', 'b', 'c', 'd']
      for (const name of accounts) await put(store, name, '0')
      const balances = new Map(accounts.map((name) => [name, 0]))
      const transfer = fc.record({
        from: fc.constantFrom(...accounts),
        to: fc.constantFrom(...accounts),
        amount: fc.integer({ min: -50, max: 50 }),
        fails: fc.boolean(),
        look: fc.boolean(),
      })
      await fc.assert(
        fc.asyncProperty(fc.array(transfer, { minLength: 1, maxLength: 12 }), async (transfers) => {
          const sums: number[] = []
          await Promise.all(
            transfers.map(async ({ from, to, amount, fails, look }) => {
              const moved = store
                .write(async (tx) => {
                  await addTo(tx, from, -amount)
                  await addTo(tx, to, amount)
                  if (fails) throw new Error('no')
                })
                .then(
                  () => 'moved',
                  (error: Error) => error.message,
                )
              if (look) sums.push(await store.read(total))
              expect(await moved).toBe(fails ? 'no' : 'moved')
              if (fails) return
              balances.set(from, (balances.get(from) ?? 0) - amount)
              balances.set(to, (balances.get(to) ?? 0) + amount)
            }),
          )
          expect(sums.every((sum) => sum === 0)).toBe(true)
          const rows = await store.read((db) => db.selectFrom('setting').selectAll().execute())
          expect(new Map(rows.map(({ name, value }) => [name, Number(value)]))).toEqual(balances)
        }),
        { numRuns: 25 },
      )
    })
  })

  describe('read', () => {
    test('sees nothing of a work that has not ended', async () => {
      const seen: (readonly string[])[] = []
      await store.write(async (tx) => {
        await tx.insertInto('setting').values({ name: 'a', value: '' }).execute()
        seen.push(await names(store))
      })
      seen.push(await names(store))
      expect(seen).toEqual([[], ['a']])
    })

    test('stays in one state, whatever is written meanwhile', async () => {
      await put(store, 'a', '1')
      const seen = await store.read(async (db) => {
        const before = await settingByName(db, { name: 'a' })
        await store.write((tx) => changeSetting(tx, { name: 'a', value: '2' }))
        const after = await settingByName(db, { name: 'a' })
        return [...before.rows, ...after.rows].map(({ value }) => value)
      })
      expect(seen).toEqual(['1', '1'])
      expect((await store.read((db) => settingByName(db, { name: 'a' }))).rows[0]?.value).toBe('2')
    })

    test('of a query for one row the first is found, or none, and the next read sees what was written since', async () => {
      await put(store, 'b', '1')
      await put(store, 'a', '1')
      const from = (name: string) => store.read((db) => firstSettingFrom(db, { name }))
      expect(await from('a')).toEqual({ name: 'a', value: '1' })
      expect(await from('c')).toBeUndefined()
      await put(store, 'c', '2')
      expect(await from('c')).toEqual({ name: 'c', value: '2' })
    })

    test('an update sets the columns it is given, whichever were set before, and no others', async () => {
      await put(store, 'a', '1')
      await put(store, 'b', '1')
      await store.write((tx) => update(tx, { value: '2' }, { now: 'a' }))
      await store.write((tx) => update(tx, { name: 'c', value: '3' }, { now: 'b' }))
      await store.write((tx) => update(tx, { value: '4', name: 'd' }, { now: 'c' }))
      await store.write((tx) => update(tx, { name: 'e' }, { now: 'a' }))
      const rows = await store.read((db) => db.selectFrom('setting').selectAll().orderBy('name').execute())
      expect(rows).toEqual([
        { name: 'd', value: '4' },
        { name: 'e', value: '2' },
      ])
    })

    test('many at once all get their answer', async () => {
      await put(store, 'a', '7')
      const sums = await Promise.all(Array.from({ length: 100 }, () => store.read(total)))
      expect(sums).toEqual(Array.from({ length: 100 }, () => 7))
    })

    test('a work that throws fails alone', async () => {
      const wrong = store.read(async (db) => {
        await settingByName(db, { name: 'a' })
        throw new Error('no')
      })
      await expect(wrong).rejects.toThrow('no')
      expect(await names(store)).toEqual([])
    })
  })

  describe('nonces', () => {
    const expiresAt = 1000

    test('of two uses at once exactly one is fresh, and later ones are not', async () => {
      const nonce = { accessKeyId: 'k', nonce: 'n', expiresAt }
      const burns = await Promise.all([store.burnNonce(nonce), store.burnNonce(nonce), store.burnNonce(nonce)])
      await Promise.all(burns.map(({ durable }) => durable))
      expect(burns.filter(({ fresh }) => fresh)).toHaveLength(1)
      expect((await store.burnNonce(nonce)).fresh).toBe(false)
    })

    test('the same nonce of another key is fresh, however the two are put together', async () => {
      for (const [accessKeyId, nonce] of [
        ['ab', 'c'],
        ['a', 'bc'],
        ['', 'abc'],
        ['another', 'c'],
      ] as const) {
        expect((await store.burnNonce({ accessKeyId, nonce, expiresAt })).fresh).toBe(true)
      }
    })

    test('a used nonce is used after a restart too', async () => {
      const nonce = { accessKeyId: 'k', nonce: 'n', expiresAt }
      await (await store.burnNonce(nonce)).durable
      await reopen()
      expect((await store.burnNonce(nonce)).fresh).toBe(false)
    })

    test('what is written because a nonce was fresh is written', async () => {
      await Promise.all(
        ['a', 'b', 'c'].map(async (name) => {
          const { fresh, durable } = await store.burnNonce({ accessKeyId: 'k', nonce: name, expiresAt })
          if (fresh) await put(store, name)
          await durable
        }),
      )
      expect(await names(store)).toEqual(['a', 'b', 'c'])
    })

    test('the expired ones are forgotten, and no other', async () => {
      const many = 2 * forgetBatch + 10
      for (let at = 0; at < many; at += 500) {
        const names = Array.from({ length: Math.min(500, many - at) }, (_, index) => `old ${at + index}`)
        const burns = names.map((name) => store.burnNonce({ accessKeyId: 'k', nonce: name, expiresAt: 500 }))
        for (const { durable } of await Promise.all(burns)) await durable
      }
      const end = sliceOf(500).to
      const nonce = { accessKeyId: 'k', nonce: 'n', expiresAt: end + 1 }
      await (await store.burnNonce(nonce)).durable
      const forgetAll = async (now: number): Promise<number> => {
        let forgotten = 0
        for (let batch = 0; batch < 5; batch++) forgotten += await store.forgetNonces(now, () => {})
        return forgotten
      }
      expect(await forgetAll(500)).toBe(0)
      expect((await store.burnNonce({ ...nonce, nonce: 'old 7' })).fresh).toBe(false)
      // They go with their slice of time.
      expect(await forgetAll(end + 1)).toBe(many)
      expect((await store.burnNonce({ ...nonce, nonce: 'old 7' })).fresh).toBe(true)
      expect((await store.burnNonce(nonce)).fresh).toBe(false)
      expect(await forgetAll(sliceOf(end + 1).to + 1)).toBe(2)
      expect((await store.burnNonce(nonce)).fresh).toBe(true)
    })

    test('when as many are kept as may be, no more are taken until some expire, and all that count still do', async () => {
      await store.close()
      store = await place.open({ mostNonces: 3 })
      const use = (nonce: string, at = expiresAt): Promise<Burn> =>
        store.burnNonce({ accessKeyId: 'k', nonce, expiresAt: at })
      for (const name of ['a', 'b', 'c']) await (await use(name)).durable
      await expect(use('d')).rejects.toThrow(TooManyNonces)
      // Also after a restart, and even when the bound is lower then.
      await store.close()
      store = await place.open({ mostNonces: 2 })
      await expect(use('d')).rejects.toThrow(TooManyNonces)
      await expect(use('a')).rejects.toThrow(TooManyNonces)
      await store.close()
      store = await place.open({ mostNonces: 4 })
      expect((await use('a')).fresh).toBe(false)
      await (await use('e', sliceOf(expiresAt).to + 1)).durable
      await expect(use('f')).rejects.toThrow(TooManyNonces)
      expect(await store.forgetNonces(sliceOf(expiresAt).to + 1, () => {})).toBe(3)
      expect((await use('f')).fresh).toBe(true)
      expect((await use('e')).fresh).toBe(false)
    })

    test('when a nonce is forgotten the time its request was signed at is fenced first, durably', async () => {
      const signedAt = 1_000_000_000
      const nonce = { accessKeyId: 'k', nonce: 'n', expiresAt: signedAt + nonceLifeMs }
      await (await store.burnNonce(nonce)).durable
      let told: readonly TimeSpan[] = []
      await store.forgetNonces(sliceOf(nonce.expiresAt).to + 1, (times) => {
        told = times
      })
      expect((await store.burnNonce(nonce)).fresh).toBe(true)
      for (const times of [told, await store.read(forgottenTimes)]) {
        expect(isWithin(times, signedAt)).toBe(true)
        expect(isWithin(times, signedAt - sliceMs)).toBe(false)
        expect(isWithin(times, signedAt + sliceMs)).toBe(false)
      }
      await reopen()
      expect(isWithin(await store.read(forgottenTimes), signedAt)).toBe(true)
    })
  })
}
