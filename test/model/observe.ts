import { expect } from 'vitest'
import { describeAcls } from '../../packages/server/src/apis/smartag/acl/describe-acls.ts'
import { describeCloudConnectNetworks } from '../../packages/server/src/apis/smartag/ccn/describe-cloud-connect-networks.ts'
import { describeSmartAccessGatewayClientUsers } from '../../packages/server/src/apis/smartag/client-users/describe-smart-access-gateway-client-users.ts'
import { describeUserOnlineClients } from '../../packages/server/src/apis/smartag/client-users/describe-user-online-clients.ts'
import { describeFlowLogs } from '../../packages/server/src/apis/smartag/flow-logs/describe-flow-logs.ts'
import { describeSmartAccessGateways } from '../../packages/server/src/apis/smartag/instances/describe-smart-access-gateways.ts'
import { describeDnatEntries } from '../../packages/server/src/apis/smartag/nat/describe-dnat-entries.ts'
import { describeSnatEntries } from '../../packages/server/src/apis/smartag/nat/describe-snat-entries.ts'
import { describeQoses } from '../../packages/server/src/apis/smartag/qos/describe-qoses.ts'
import { accountId, regionId } from '../../packages/server/src/apis/testing/names.suite.ts'
import { addressOf, type ListKind, members, type Reference, type Site, type SnatEntry } from './reference.ts'
import type { Row, Tables, World } from './world.ts'

/** What reference and store are compared by. */
type Seen = Readonly<Record<'networks' | 'sites' | 'lists', Readonly<Record<string, unknown>>>>

export function remembered({ networks, sites, lists }: Reference): Seen {
  return {
    lists: Object.fromEntries(lists),
    networks: Object.fromEntries(
      [...networks].map(([id, { range, snatRange }]) => [id, [range.join(','), snatRange.join(',')]]),
    ),
    sites: Object.fromEntries([...sites].map(([id, site]) => [id, shown(site)])),
  }
}

function shown({ kind, name, dynamic, blocks, ccn, snat, users, sessions, devices, lists, forwards }: Site) {
  return {
    kind,
    name,
    dynamic,
    blocks,
    ccn,
    snat: Object.fromEntries(snat),
    users: Object.fromEntries([...users].map(([user, { fixed, enabled }]) => [user, { fixed, enabled }])),
    sessions: Object.fromEntries(sessions),
    devices,
    lists: listKinds.map((kind) => lists.get(kind)),
    forwards: Object.fromEntries(forwards),
  }
}

const listKinds = ['acl', 'qos', 'flowLog'] as const

export function stored(tables: Tables, { foreign }: Reference): Seen {
  const rows = (table: string): readonly Row[] => tables[table] ?? []
  const own = (table: string, id: unknown): readonly Row[] => rows(table).filter((row) => row['instance_id'] === id)
  const value = (given: unknown): unknown => given ?? undefined
  const seen = (row: Row): [string, unknown] => [
    String(row['id']),
    {
      kind: row['kind'],
      name: value(row['name']),
      dynamic: row['routing_strategy'] === 'dynamic',
      blocks: sorted(own('instance_cidr', row['id']), 'position').map(({ cidr }) => cidr),
      ccn: value(row['ccn_id']),
      snat: Object.fromEntries(snatRows(tables, row['id'])),
      users: Object.fromEntries(
        own('client_user', row['id']).map(({ name, client_ip, state }) => [
          name,
          { fixed: value(client_ip), enabled: state === 'enabled' },
        ]),
      ),
      sessions: Object.fromEntries(
        own('client_session', row['id']).map(({ user_name, address }) => [user_name, address]),
      ),
      devices: sorted(own('device', row['id']), 'role').map(({ serial }) => serial),
      lists: [row['acl_id'], row['qos_id'], row['flow_log_id']].map(value),
      forwards: Object.fromEntries(own('dnat_entry', row['id']).map((entry) => [entry['id'], entry['external_port']])),
    },
  ]
  const listed = (table: string, kind: string): [string, unknown][] => rows(table).map(({ id }) => [String(id), kind])
  return {
    lists: Object.fromEntries([...listed('acl', 'acl'), ...listed('qos', 'qos'), ...listed('flow_log', 'flowLog')]),
    networks: Object.fromEntries(
      rows('ccn')
        .filter(({ account_id }) => account_id === accountId)
        .map(({ id, cidr_block, snat_cidr_block }) => [id, [cidr_block ?? '', snat_cidr_block ?? '']]),
    ),
    sites: Object.fromEntries(
      rows('instance')
        .filter(({ id }) => id !== foreign.site)
        .map(seen),
    ),
  }
}

/** The SNAT entries of an instance, by id. */
export function snatRows(tables: Tables, instanceId: unknown): ReadonlyMap<string, SnatEntry> {
  const rows = (tables['snat_entry'] ?? []).filter((row) => row['instance_id'] === instanceId)
  return new Map(rows.map(({ id, cidr, snat_ip: ip }) => [String(id), { source: String(cidr), ip: Number(ip) }]))
}

function sorted(rows: readonly Row[], key: string): readonly Row[] {
  return [...rows].sort((a, b) => (String(a[key]) < String(b[key]) ? -1 : 1))
}

/** The Describe operations tell the same. */
export async function checkAnswers(reference: Reference, { harness }: World): Promise<void> {
  const all = { RegionId: regionId, PageSize: '50' }
  const gateways = itemsOf(
    await harness.call(describeSmartAccessGateways, all),
    'SmartAccessGateways',
    'SmartAccessGateway',
  )
  expect(
    gateways
      .map(({ SmartAGId, Name = '', CidrBlock = '', AssociatedCcnId = '', RoutingStrategy }) =>
        [SmartAGId, Name, CidrBlock, AssociatedCcnId, RoutingStrategy].join(' '),
      )
      .sort(),
  ).toEqual(
    [...reference.sites]
      .map(([id, { name = '', blocks, ccn = '', dynamic }]) =>
        [id, name, blocks.join(','), ccn, dynamic ? 'dynamic' : 'static'].join(' '),
      )
      .sort(),
  )
  expect(await associated(harness, all)).toEqual(countsOf(reference))
  const networks = itemsOf(
    await harness.call(describeCloudConnectNetworks, all),
    'CloudConnectNetworks',
    'CloudConnectNetwork',
  )
  expect(
    networks
      .map(({ CcnId, CidrBlock = '', AssociatedCloudBoxCount }) =>
        [CcnId, CidrBlock, AssociatedCloudBoxCount].join(' '),
      )
      .sort(),
  ).toEqual(
    [...reference.networks]
      .map(([id, { range }]) => [id, range.join(','), members(reference, id).length].join(' '))
      .sort(),
  )

  for (const [SmartAGId, { kind, snat, users, sessions, forwards }] of reference.sites) {
    const entries = itemsOf(await harness.call(describeSnatEntries, { ...all, SmartAGId }), 'SnatEntries', 'SnatEntry')
    expect(
      Object.fromEntries(
        entries.map(({ InstanceId, CidrBlock, SnatIp }) => [
          InstanceId,
          { source: CidrBlock, ip: addressOf(String(SnatIp)) },
        ]),
      ),
    ).toEqual(Object.fromEntries(snat))
    const ways = itemsOf(
      await harness.call(describeDnatEntries, { ...all, SagId: SmartAGId }),
      'DnatEntries',
      'DnatEntry',
    )
    expect(
      Object.fromEntries(ways.map(({ DnatEntryId, ExternalPort }) => [DnatEntryId, Number(ExternalPort)])),
    ).toEqual(Object.fromEntries(forwards))
    if (kind !== 'app') continue
    const accounts = itemsOf(
      await harness.call(describeSmartAccessGatewayClientUsers, { ...all, SmartAGId }),
      'Users',
      'User',
    )
    expect(Object.fromEntries(accounts.map(({ UserName, State }) => [UserName, State === 0]))).toEqual(
      Object.fromEntries([...users].map(([name, { enabled }]) => [name, enabled])),
    )
    for (const UserName of users.keys()) {
      const params = { RegionId: regionId, SmartAGId, UserName }
      const online = itemsOf(await harness.call(describeUserOnlineClients, params), 'Users', 'User')
      const address = sessions.get(UserName)
      expect(online.map(({ ClientIp }) => addressOf(String(ClientIp)))).toEqual(address === undefined ? [] : [address])
    }
  }
}

/** How many instances each list has, as its own listing tells it. */
async function associated(harness: World['harness'], all: Row): Promise<Readonly<Record<string, number>>> {
  const params = all as Readonly<Record<string, string>>
  const acls = itemsOf(await harness.call(describeAcls, params), 'Acls', 'Acl')
  const qoses = itemsOf(await harness.call(describeQoses, params), 'Qoses', 'Qos')
  const logs = itemsOf(await harness.call(describeFlowLogs, params), 'FlowLogs', 'FlowLogSetType')
  return Object.fromEntries([
    ...acls.map(({ AclId, SagCount }) => [AclId, Number(SagCount)]),
    ...qoses.map(({ QosId, SagCount }) => [QosId, Number(SagCount)]),
    ...logs.map(({ FlowLogId, TotalSagNum }) => [FlowLogId, Number(TotalSagNum)]),
  ])
}

function countsOf({ lists, sites }: Reference): Readonly<Record<string, number>> {
  const having = (id: string, kind: ListKind): number =>
    [...sites.values()].filter((site) => site.lists.get(kind) === id).length
  return Object.fromEntries([...lists].map(([id, kind]) => [id, having(id, kind)]))
}

/** A list as the wire has it; one with nothing in it may be missing. */
function itemsOf(answer: Row, list: string, item: string): readonly Row[] {
  const wrapped = answer[list] as Row | readonly Row[] | undefined
  if (wrapped === undefined) return []
  if (Array.isArray(wrapped)) return wrapped as readonly Row[]
  return ((wrapped as Row)[item] as readonly Row[] | undefined) ?? []
}
