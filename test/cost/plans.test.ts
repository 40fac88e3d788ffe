import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createCredentialSource } from '../../packages/server/src/access/credentials.ts'
import { policiesOf } from '../../packages/server/src/access/principal-policies.ts'
import { allOperations } from '../../packages/server/src/apis/registry.ts'
import { accountId, regionId } from '../../packages/server/src/apis/testing/names.suite.ts'
import { createSealer } from '../../packages/server/src/sealing/sealing.ts'
import { policiesAppliedTo } from '../../packages/server/src/store/access/principal-policies.ts'
import { createRam } from '../../packages/server/src/store/access/ram.ts'
import { forgetSessions } from '../../packages/server/src/store/access/sts-sessions.ts'
import { auditEvents, auditEventsById, newestAuditEntry } from '../../packages/server/src/store/audit/audit.ts'
import { openSealKey } from '../../packages/server/src/store/audit/seal-key.ts'
import { forgetSealed, lastSeal, sealsAfter, trailRows } from '../../packages/server/src/store/audit/seals.ts'
import { createFleet } from '../../packages/server/src/store/fleet/create-fleet.ts'
import { findDesiredConfig, saveConfigStatus } from '../../packages/server/src/store/gateways/configurations.ts'
import { eventsOf } from '../../packages/server/src/store/gateways/events.ts'
import { findGateway } from '../../packages/server/src/store/gateways/gateways.ts'
import { createGatewayHistory } from '../../packages/server/src/store/gateways/history.ts'
import {
  decidePasswordChange,
  journalPasswordChange,
} from '../../packages/server/src/store/gateways/password-changes.ts'
import { isLocked, setConnected } from '../../packages/server/src/store/gateways/presence.ts'
import { promiseSynchronization, saveReport } from '../../packages/server/src/store/gateways/reports.ts'
import { confirmTicket } from '../../packages/server/src/store/gateways/tickets.ts'
import {
  sessionOfToken,
  silentSessions,
  touchSession,
} from '../../packages/server/src/store/remote-users/client-sessions.ts'
import { sqliteDriver } from '../../packages/server/src/store/sqlite/driver.ts'
import type { Store } from '../../packages/server/src/store/store.ts'
import { hotCalls } from './calls.ts'
import { ramCalls } from './ram-calls.ts'
import { ccnId, crowdedApp, crowdedBranch, instanceId, openWorld, serialOf, small, type World } from './world.ts'

vi.mock('../../packages/server/src/access/client-passwords.ts', () => ({ hashClientPassword: async () => 'the hash' }))

/** What may look through a table from end to end, and why. Everything else is found by an index. */
const allowedScans: readonly { readonly scan: RegExp; readonly because: string }[] = [
  { scan: /^SCAN (\d+ )?CONSTANT ROWS?$/, because: 'it is no table' },
  { scan: /^SCAN oldest$/, because: 'it is the result of a subquery that is bounded' },
  { scan: /^SCAN own$/, because: 'it is what the gateways of one account were grouped to, each found by its key' },
  {
    scan: /^SCAN \(subquery-\d+\)$/,
    because: 'it is what a window counts; how its rows are found is a step of its own',
  },
  { scan: /^SCAN part$/, because: 'it is a part of five hundred rows' },
  { scan: /^SCAN nonce$/, because: 'it takes the first thousand by the key and stops' },
  { scan: /^SCAN audit_(event|seal)$/, because: 'it takes the last one by the key and stops' },
]

let world: World
beforeAll(async () => {
  world = await openWorld(small)
})
afterAll(() => world?.close())

/** One call after another; those that change something leave room for the next. */
const branch = { SmartAGId: instanceId(0) }
const app = { SmartAGId: instanceId(19) }
const calls: readonly (readonly [name: string, params: Readonly<Record<string, string>>])[] = [
  ['DescribeSmartAccessGateways', {}],
  ['ListFleet', {}],
  ['ListFleet', { NextToken: instanceId(1) }],
  ['ListFleet', { Since: '0' }],
  ['ListFleet', { 'SmartAGIds.1': instanceId(1) }],
  ['GetOverview', {}],
  ['DescribeFleetSeries', {}],
  ['ListNetworkTraffic', { CcnId: ccnId }],
  ['DescribeGatewayHealth', branch],
  ['DescribeMetricSeries', branch],
  ['DescribeMetricSeries', { ...app, Period: '43200' }],
  ['ListClientSessions', app],
  ['ListClientConnections', app],
  ['ListClientConnections', { ...app, UserName: 'worker0001' }],
  ['DescribeSmartAccessGateways', { Name: 'branch-1', AssociatedCcnId: ccnId }],
  ['DescribeSmartAccessGateways', { AssociatedCcnName: 'network-0', Status: 'Active' }],
  ['DescribeSmartAccessGateways', { SerialNumber: serialOf(1) }],
  ['DescribeSmartAccessGatewayAttribute', branch],
  ['DescribeSAGDeviceInfo', { ...branch, SmartAGSn: serialOf(0) }],
  ['DescribeSmartAccessGatewayHa', branch],
  ['DescribeSmartAccessGatewayVersions', branch],
  ['DescribeCloudConnectNetworks', {}],
  ['DescribeCloudConnectNetworks', { CcnId: ccnId, Name: 'network-0' }],
  ['DescribeBindableSmartAccessGateways', { CcnId: ccnId }],
  ['DescribeBindableSmartAccessGateways', { CcnId: ccnId, CrossAccount: 'true' }],
  ['DescribeGrantSagRules', { RegionId: 'cn-hangzhou', SmartAGId: crowdedBranch }],
  ['DescribeSnatEntries', branch],
  ['DescribeDnatEntries', { SagId: branch.SmartAGId }],
  ['DescribeSmartAccessGatewayClientUsers', app],
  ['DescribeSmartAccessGatewayClientUsers', { ...app, UserName: 'worker0001', UserMail: 'worker@example.com' }],
  ['DescribeSmartAccessGatewayClientUsers', { RegionId: 'cn-hangzhou', SmartAGId: crowdedApp, PageNumber: '199' }],
  ['DescribeUserOnlineClients', { ...app, UserName: 'worker0001' }],
  ['DescribeSagRemoteAccess', branch],
  [
    'AddDnatEntry',
    {
      ...{ SagId: branch.SmartAGId, IpProtocol: 'tcp', ExternalIp: '10.200.9.8' },
      ...{ ExternalPort: '80', InternalIp: '192.168.77.1', InternalPort: '80' },
    },
  ],
  ['AddSnatEntry', { ...branch, CidrBlock: '192.168.77.0/24', SnatIp: '10.200.9.9' }],
  ['ModifySmartAccessGateway', { ...branch, 'SnatEntries.1.CidrBlock': '192.168.78.0/24' }],
  ['ModifySmartAccessGateway', { ...app, CidrBlock: '10.250.0.0/16', EnableSoftwareConnectionAudit: 'true' }],
  ['ModifySmartAccessGateway', { ...branch, SecurityLockThreshold: '0', Position: 'Hangzhou' }],
  ['UnbindSerialNumber', { ...branch, SerialNumber: serialOf(0) }],
  ['BindSerialNumber', { ...branch, SerialNumber: serialOf(0) }],
  ['KickOutClients', { ...app, Username: 'worker0002' }],
  ['DisableSmartAccessGatewayUser', { ...app, UserName: 'worker0001' }],
  ['EnableSmartAccessGatewayUser', { ...app, UserName: 'worker0001' }],
  ['ModifySmartAccessGatewayClientUser', { ...app, UserName: 'worker0001', Bandwidth: '1000' }],
  ['ModifyCloudConnectNetwork', { CcnId: ccnId, CidrBlock: '10.0.0.0/8,192.168.0.0/16', Name: 'renamed' }],
  ['CreateCloudConnectNetwork', { Name: 'another' }],
  ['CreateSmartAccessGatewayClientUser', { ...app, UserMail: 'mail-name@example.com' }],
]

async function callAll(): Promise<void> {
  for (const probe of Object.values(hotCalls(world))) {
    await probe.before?.(0)
    await probe.timed(0)
    await probe.after?.(0)
  }
  for (const [name, params] of [...calls, ...ramCalls]) {
    const operation = allOperations.find((one) => one.name === name)
    if (operation === undefined) throw new Error(`There is no operation ${name}.`)
    await world.call(operation, { RegionId: regionId, ...params }).catch((error: unknown) => {
      throw new Error(`${name} ${JSON.stringify(params)}`, { cause: error })
    })
  }
}

const nothing = {
  principal: '',
  principalId: '',
  accessKeyId: '',
  source: '',
  product: '',
  action: '',
  requestId: '',
} as const

/** What requests, clients and gateways ask without being an operation. */
async function askTheRest(): Promise<void> {
  const { store, now } = world
  await createCredentialSource(store, createSealer(Buffer.alloc(32))).byAccessKeyId('LTAI5tExampleExample')
  await createCredentialSource(store, createSealer(Buffer.alloc(32))).byAccessKeyId('STS.Example')
  await store.write((tx) => forgetSessions(tx, 0))
  await store.record({
    ...nothing,
    at: now,
    accountId,
    level: 'Read',
    regionId: undefined,
    resources: [],
    outcome: undefined,
  })
  await (await store.burnNonce({ accessKeyId: 'key', nonce: 'nonce', expiresAt: now })).durable
  await store.forgetNonces(now + 1, () => {})
  await forget(store)
  await store.read(async (db) => {
    const signed = { accountId, accessKeyId: '' }
    await policiesOf(db, { kind: 'RAMUser', ...signed, userId: '1', userName: '' })
    await policiesOf(db, { kind: 'AssumedRole', ...signed, roleId: '1', roleName: '', sessionName: '' })
    for (const newestFirst of [true, false]) {
      const window = { accountId, from: 0, before: now, newestFirst, size: 10 }
      await auditEvents(db, window)
      await auditEvents(db, { ...window, behind: { at: now, id: 7 } })
    }
    await auditEventsById(db, 0, 10)
    await newestAuditEntry(db)
    await lastSeal(db)
    await sealsAfter(db, 0, 10)
    await trailRows(db, { after: 0, upTo: 10, size: 10 })
    await sessionOfToken(db, 'token-1')
    await policiesAppliedTo(db, { kind: 'user', id: 'user-1' })
    await policiesAppliedTo(db, { kind: 'role', id: 'role-1' })
    await createRam(db).accounts.named('night-shift')
    await silentSessions(db, { seenAt: 0, most: 100 })
    await silentSessions(db, { seenAt: 0, most: 100, instanceId: instanceId(19) })
    await findGateway(db, serialOf(1))
    await findDesiredConfig(db, serialOf(1))
    await isLocked(db, serialOf(1))
    await eventsOf(db, serialOf(1), 10)
    const history = createGatewayHistory(db)
    for (const serial of [undefined, serialOf(1)]) {
      const wanted = { instanceId: instanceId(1), serial, most: 10 }
      await history.events({ ...wanted, before: undefined })
      await history.events({ ...wanted, before: 7 })
      await history.passwordChanges({ ...wanted, before: undefined })
      await history.passwordChanges({ ...wanted, before: { requestedAt: now, id: 'change' } })
    }
    await createFleet(db).instanceByOrder('order-1')
    await createFleet(db).changeInProgress(serialOf(1))
  })
  await store.write(async (tx) => {
    const change = { serial: serialOf(1), instanceId: instanceId(1), accountId: '', principal: '', requestId: '' }
    await journalPasswordChange(tx, { ...change, id: 'change', requestedAt: now, generation: 1 })
    await decidePasswordChange(tx, { id: 'change', outcome: 'succeeded', at: now })
    await touchSession(tx, 'session-1', now)
    await confirmTicket(tx, serialOf(1), 'ticket')
    await setConnected(tx, serialOf(1), { node: 'node-1', at: now })
    await promiseSynchronization(tx, serialOf(1), 1)
    const report = { version: '2.3.1.1', startedAt: 0, serviceIp: '192.0.2.7', localRevision: 1, syncedRevision: 0 }
    await saveReport(tx, serialOf(1), { ...report, resettable: true }, now)
    const mark = { instanceId: instanceId(1), revision: 1 }
    await saveConfigStatus(tx, serialOf(1), { applied: mark, reverted: { ...mark, reason: 'failed' } }, now)
  })
}

test('no query of a request, a client or a gateway looks through a table', async () => {
  const before = new Set(world.statements)
  await callAll()
  await askTheRest()
  const asked = [...world.statements].filter(
    (text) => !before.has(text) && /^\s*(select|update|delete|insert|with)/i.test(text),
  )
  expect(asked.length).toBeGreaterThan(60)

  expect(scansOf(asked).filter(({ detail }) => !allowedScans.some(({ scan }) => scan.test(detail)))).toEqual([])
})

test('a page of the overview of a fleet is found without sorting the fleet', () => {
  const page = [...world.statements].find((text) => /"id" > \? order by "instance"\."id" limit/.test(text))
  expect(stepsOf(page ?? '')).toEqual([expect.stringContaining('USING INDEX instance_of_account_by_id')])
})

test('a query that no index serves would be found', () => {
  expect(scansOf(['select * from instance where city = ?'])).toMatchObject([{ detail: 'SCAN instance' }])
})

function stepsOf(query: string): readonly string[] {
  const connection = sqliteDriver.open(join(world.folder, 'opensag.db'), 'write')
  try {
    const parameters = Array.from(query.matchAll(/\?/g), () => 0)
    const steps = connection.prepare(`explain query plan ${query}`).all(parameters) as readonly { detail: string }[]
    return steps.map(({ detail }) => detail)
  } finally {
    connection.close()
  }
}

function scansOf(queries: readonly string[]): readonly { readonly detail: string; readonly text: string }[] {
  const connection = sqliteDriver.open(join(world.folder, 'opensag.db'), 'write')
  try {
    return queries.flatMap((text) => {
      const parameters = Array.from(text.matchAll(/\?/g), () => 0)
      const steps = connection.prepare(`explain query plan ${text}`).all(parameters) as readonly { detail: string }[]
      return steps.filter(({ detail }) => detail.startsWith('SCAN')).map(({ detail }) => ({ detail, text }))
    })
  } finally {
    connection.close()
  }
}

/** Deletes as a server does that keeps its trail within its bounds; nothing is there to be deleted. */
async function forget(store: Store): Promise<void> {
  const sealKey = await openSealKey(store, createSealer(Buffer.alloc(32)), randomBytes)
  const seal = { number: 0, first_id: 0, last_id: 0, entries: 0, total_bytes: 0, newest_at: 0, sealed_at: 0 }
  await store.write((tx) => forgetSealed(tx, { ...seal, hash: '', key_id: '', signature: '' }, 0, sealKey))
}
