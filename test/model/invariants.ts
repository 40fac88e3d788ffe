import { expect } from 'vitest'
import { clientAddresses, meet } from './reference.ts'
import type { Row, Tables } from './world.ts'

/** Records of what happened; they outlive what they tell of. */
const histories: readonly string[] = ['connection_audit', 'device_event', 'password_change']

/** What must hold of the rows at every moment, whatever led there. */
export function checkInvariants(tables: Tables, gone: ReadonlySet<string>): void {
  const rows = (table: string): readonly Row[] => tables[table] ?? []
  const instances = byKey(rows('instance'), 'id')
  const networkOf = (row: Row): unknown => instances.get(row['instance_id'])?.['ccn_id'] ?? null

  const blocks = rows('instance_cidr')
  for (const [one, other] of pairs(blocks)) {
    const isOwn = one['instance_id'] === other['instance_id']
    const areMembers = networkOf(one) !== null && networkOf(one) === networkOf(other)
    if ((isOwn || areMembers) && meet(spanOf(one), spanOf(other))) broken('blocks overlap', one, other)
  }
  const entries = rows('snat_entry')
  for (const [one, other] of pairs(entries)) {
    const isOwn = one['instance_id'] === other['instance_id']
    if (isOwn && meet(spanOf(one), spanOf(other))) broken('SNAT ranges overlap', one, other)
    const areMembers = networkOf(one) !== null && networkOf(one) === networkOf(other)
    if (!isOwn && areMembers && one['snat_ip'] === other['snat_ip']) broken('two have one SNAT address', one, other)
  }
  // They repeat the instance's network.
  for (const row of [...blocks, ...entries]) {
    if (row['ccn_id'] !== networkOf(row)) broken('a row is in another network than its instance', row)
  }

  const networks = byKey(rows('ccn'), 'id')
  const ranges = (text: unknown): readonly Row[] => (text === null ? [] : String(text).split(',').map(rowOfBlock))
  for (const block of blocks) {
    const network = networks.get(networkOf(block))
    if (network === undefined) continue
    const range = ranges(network['cidr_block'])
    const isInside = range.some(
      (outer) => spanOf(outer).first <= spanOf(block).first && spanOf(block).last <= spanOf(outer).last,
    )
    if (range.length > 0 && !isInside) broken('a block is outside the range', block, network)
    if (ranges(network['snat_cidr_block']).some((snat) => meet(spanOf(snat), spanOf(block)))) {
      broken('a block is in the SNAT range', block, network)
    }
  }

  for (const owned of grouped(rows('ccn'), 'account_id')) expect(owned.length, 'networks').toBeLessThanOrEqual(10)
  for (const own of grouped(blocks, 'instance_id')) expect(own.length, 'blocks').toBeLessThanOrEqual(10)
  for (const users of grouped(rows('client_user'), 'instance_id')) {
    const app = instances.get(users[0]?.['instance_id'])
    expect(users.length, 'accounts').toBeLessThanOrEqual(Number(app?.['user_count']))
  }

  const sessions = rows('client_session')
  for (const [one, other] of pairs(sessions)) {
    if (one['instance_id'] !== other['instance_id']) continue
    if (one['user_name'] === other['user_name']) broken('an account has two sessions', one, other)
    if (one['address'] === other['address']) broken('an address has two sessions', one, other)
  }
  for (const session of sessions) {
    const { instance_id: id, user_name: name, address } = session
    const isUser = rows('client_user').some((user) => user['instance_id'] === id && user['name'] === name)
    if (!isUser) broken('a session has no account', session)
    const pool = blocks.filter((block) => block['instance_id'] === id).map((block) => String(block['cidr']))
    if (!clientAddresses(pool).includes(Number(address))) broken('a session is outside its pool', session)
  }

  for (const devices of grouped(rows('device'), 'instance_id')) {
    if (devices[0]?.['instance_id'] === null) continue
    expect(devices.length, 'devices').toBeLessThanOrEqual(2)
    expect(devices.filter((device) => device['role'] === 'active').length, 'active devices').toBe(1)
  }

  for (const [table, content] of Object.entries(tables)) {
    if (histories.includes(table)) continue
    for (const row of content) {
      for (const value of Object.values(row)) {
        if (typeof value === 'string' && mentions(value, gone)) broken(`${table} refers to what is gone`, row)
      }
    }
  }
  for (const table of [
    'instance_cidr',
    'snat_entry',
    'dnat_entry',
    'service_address',
    'client_user',
    'client_session',
    'device',
  ]) {
    for (const row of rows(table)) {
      if (row['instance_id'] !== null && !instances.has(row['instance_id'])) broken(`${table} is orphaned`, row)
    }
  }
  for (const row of instances.values()) {
    if (row['ccn_id'] !== null && !networks.has(row['ccn_id'])) broken('an instance is in no network', row)
    if (row['qos_id'] !== null && !rows('qos').some(({ id }) => id === row['qos_id']))
      broken('an instance has no QoS', row)
    if (row['acl_id'] !== null && !rows('acl').some(({ id }) => id === row['acl_id']))
      broken('an instance has no access control list', row)
    if (row['flow_log_id'] !== null && !rows('flow_log').some(({ id }) => id === row['flow_log_id']))
      broken('an instance has no flow log', row)
  }
}

function broken(rule: string, ...rows: readonly Row[]): never {
  throw new Error(`${rule}: ${JSON.stringify(rows)}`)
}

function mentions(text: string, ids: ReadonlySet<string>): boolean {
  for (const id of ids) if (text.includes(id)) return true
  return false
}

function spanOf(row: Row): { readonly first: number; readonly last: number } {
  return { first: Number(row['first']), last: Number(row['last']) }
}

function rowOfBlock(text: string): Row {
  const [address = '', length] = text.split('/')
  const first = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  return { first, last: first + 2 ** (32 - Number(length)) - 1 }
}

function byKey(rows: readonly Row[], key: string): ReadonlyMap<unknown, Row> {
  return new Map(rows.map((row) => [row[key], row]))
}

function grouped(rows: readonly Row[], key: string): readonly (readonly Row[])[] {
  const groups = new Map<unknown, Row[]>()
  for (const row of rows) groups.set(row[key], [...(groups.get(row[key]) ?? []), row])
  return [...groups.values()]
}

function pairs<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.flatMap((one, index) => items.slice(index + 1).map((other) => [one, other] as const))
}
