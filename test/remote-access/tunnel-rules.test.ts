// What the server decides of remote users whose tunnels a point of presence ends; the tunnels are in tunnels.test.ts.
import { X509Certificate } from 'node:crypto'
import { Secret } from '@opensag/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addAclRule as addAclRuleOperation } from '../../packages/server/src/apis/smartag/acl/add-acl-rule.ts'
import { associateAcl } from '../../packages/server/src/apis/smartag/acl/associate-acl.ts'
import { disassociateAcl } from '../../packages/server/src/apis/smartag/acl/disassociate-acl.ts'
import { bindSmartAccessGateway } from '../../packages/server/src/apis/smartag/ccn/bind-smart-access-gateway.ts'
import { unbindSmartAccessGateway } from '../../packages/server/src/apis/smartag/ccn/unbind-smart-access-gateway.ts'
import { deleteSmartAccessGatewayClientUser } from '../../packages/server/src/apis/smartag/client-users/delete-smart-access-gateway-client-user.ts'
import { disableSmartAccessGatewayUser } from '../../packages/server/src/apis/smartag/client-users/disable-smart-access-gateway-user.ts'
import { kickOutClients } from '../../packages/server/src/apis/smartag/client-users/kick-out-clients.ts'
import { modifySmartAccessGatewayClientUser } from '../../packages/server/src/apis/smartag/client-users/modify-smart-access-gateway-client-user.ts'
import { resetSmartAccessGatewayClientUserPassword } from '../../packages/server/src/apis/smartag/client-users/reset-smart-access-gateway-client-user-password.ts'
import { describeUserFlowStatistics } from '../../packages/server/src/apis/smartag/monitoring/describe-user-flow-statistics.ts'
import { addAcl, addAclRule } from '../../packages/server/src/apis/testing/acl.suite.ts'
import { createAuthority } from '../../packages/server/src/channel/authority.ts'
import { monthOf } from '../../packages/server/src/model/client-user.ts'
import type { TunnelLogon } from '../../packages/server/src/model/tunnel-users.ts'
import { saveCapabilities } from '../../packages/server/src/store/gateways/gateways.ts'
import { findRemoteAccess, numberApps } from '../../packages/server/src/store/pops/apps.ts'
import { openSite, password, type Site, silentMs } from './site.ts'

let site: Site
let app: string
beforeEach(async () => {
  site = await openSite()
  app = await site.app()
  await site.set(app, { connection_audit: 1 })
  await site.user(app, 'anna-test')
  await site.user(app, 'bert-test')
  await site.pop('pop1')
})
afterEach(() => site.close())

const logOn = (userName = 'anna-test', more: Partial<TunnelLogon> = {}, pop = 'pop1') =>
  site.tunnelUsers.logOn(pop, {
    instanceId: app,
    userName,
    password: Secret.of(password),
    terminal: 'OpenVPN linux',
    source: '192.0.2.9',
    ...more,
  })

async function session(userName?: string): Promise<string> {
  const answer = await logOn(userName)
  if (!('online' in answer)) throw new Error(answer.refused)
  return answer.online.session
}

test('a user gets an address of the pool and the bandwidth of the account, and the audit has a row', async () => {
  expect(await logOn()).toEqual({
    online: { session: expect.stringMatching(/^[0-9a-f]{32}$/), address: '10.9.9.2', bandwidth: 2000 },
    replaced: undefined,
  })
  expect(await site.audit()).toEqual(['logon anna-test 10.9.9.2 192.0.2.9 OpenVPN linux '])
})

test('only the point of presence that serves the instance is answered; another one learns nothing of the password', async () => {
  await site.pop('pop2', '203.0.113.8')
  for (const stranger of ['pop2', 'sag32a30000']) {
    expect(await logOn('anna-test', {}, stranger)).toEqual({ refused: 'LogonFailed' })
  }
  expect(site.failures).toEqual([])
  expect(await site.audit()).toEqual([])
})

test.each([
  ['a wrong password', { password: Secret.of('wrong-pass') }, 'LogonFailed'],
  ['no such account', { userName: 'nobody-here' }, 'LogonFailed'],
  ['an instance that is none', { instanceId: 'sag-none' }, 'LogonFailed'],
  ['a name that no account can have', { userName: '../anna' }, 'InvalidRequest'],
])('%s: %s', async (_, more, code) => {
  expect(await logOn('anna-test', more)).toEqual({ refused: code })
})

test('wrong passwords by tunnels and by the endpoint count together', async () => {
  for (let attempt = 0; attempt < 3; attempt++) {
    await logOn('anna-test', { password: Secret.of('wrong-pass') })
    await site.logOn(app, 'anna-test', { password: 'wrong-pass' })
  }
  expect(await logOn()).toEqual({ refused: 'TooManyAttempts' })
})

test('a second tunnel of an account takes the place of the first; a session without one is not taken', async () => {
  const first = await session()
  expect(await logOn()).toMatchObject({ online: { address: '10.9.9.2' }, replaced: first })
  expect((await site.audit()).at(-2)).toContain('Replaced')
  expect((await site.logOn(app, 'bert-test')).status).toBe(200)
  expect(await logOn('bert-test')).toEqual({ refused: 'SessionExists' })
})

test.each([
  ['a new password', resetSmartAccessGatewayClientUserPassword, { UserName: 'anna-test', Password: 'another1' }],
  ['a kick', kickOutClients, { Username: 'anna-test' }],
  ['a disabled account', disableSmartAccessGatewayUser, { UserName: 'anna-test' }],
  ['a deleted account', deleteSmartAccessGatewayClientUser, { UserName: 'anna-test' }],
])('%s ends the session, and its point of presence is told which', async (_, operation, params) => {
  const told: unknown[] = []
  site.world.sessionsChanged = (pop, sessions) => void told.push([pop, [...sessions]])
  const [anna, bert] = [await session(), await session('bert-test')]
  await site.operate(operation, { SmartAGId: app, ...params })
  expect(told).toEqual([['pop1', [anna]]])
  expect(await site.tunnelUsers.look('pop1', anna)).toBeUndefined()
  expect(await site.tunnelUsers.look('pop1', bert)).toEqual({ bandwidth: 2000 })
  expect(await site.tunnelUsers.alive('pop1', [anna, bert])).toEqual([anna])
})

test('another bandwidth is told, and nothing else changes', async () => {
  const told: unknown[] = []
  site.world.sessionsChanged = (pop, sessions) => void told.push([pop, [...sessions]])
  const anna = await session()
  await site.operate(modifySmartAccessGatewayClientUser, { SmartAGId: app, UserName: 'anna-test', Bandwidth: '500' })
  expect(told).toEqual([['pop1', [anna]]])
  expect(await site.tunnelUsers.look('pop1', anna)).toEqual({ bandwidth: 500 })
})

test('a session that shows signs of life goes on; one that does not is nobody’s, and its address another one’s', async () => {
  const anna = await session()
  for (let beat = 0; beat < 4; beat++) {
    site.pass(silentMs / 2)
    expect(await site.tunnelUsers.alive('pop1', [anna])).toEqual([])
  }
  site.pass(silentMs)
  await site.user(app, 'carl-test', '10.9.9.2')
  expect(await logOn('carl-test')).toMatchObject({ online: { address: '10.9.9.2' } })
  expect(await site.tunnelUsers.alive('pop1', [anna])).toEqual([anna])
})

test('a sign of life is judged by the rules of a logon', async () => {
  const anna = await session()
  await site.set(app, { overdue_since: site.world.now })
  expect(await site.tunnelUsers.alive('pop1', [anna])).toEqual([anna])
  expect((await site.audit()).at(-1)).toContain('InstanceInArrears')
})

test('a point of presence neither sees, keeps nor ends a session of another one, nor one without a tunnel', async () => {
  const anna = await session()
  await site.logOn(app, 'bert-test')
  const [plain] = await site.world.store.read((db) =>
    db.selectFrom('client_session').select('id').where('user_name', '=', 'bert-test').execute(),
  )
  const bert = plain?.id ?? ''
  await site.tunnelUsers.logOff('pop2', anna)
  await site.tunnelUsers.logOff('pop1', bert)
  expect(await site.tunnelUsers.look('pop2', anna)).toBeUndefined()
  expect(await site.tunnelUsers.look('pop1', bert)).toBeUndefined()
  expect(await site.tunnelUsers.alive('pop2', [anna, bert])).toEqual([anna, bert])
  expect(await site.tunnelUsers.alive('pop1', [anna, bert])).toEqual([bert])
  await site.tunnelUsers.logOff('pop1', anna)
  expect((await site.audit()).at(-1)).toBe('logoff anna-test 10.9.9.2 192.0.2.9 OpenVPN linux LoggedOff')
})

test('the pop that serves is told of instances in a CCN, each with a port of its own; the other one of none', async () => {
  const { store, now } = site.world
  const second = await site.app({ pool: '10.9.8.0/24,10.9.7.0/31' })
  await site.pop('pop2', '203.0.113.8')
  await numberApps(store)
  const served = await store.read((db) => findRemoteAccess(db, 'pop1', now))
  const ccns = new Map(served.map(({ instance, ccn }) => [instance, ccn]))
  expect(served.map(({ port }) => port)).toEqual([1194, 1195])
  expect(new Map(served.map(({ instance, pool }) => [instance, pool]))).toEqual(
    // Nobody could have an address of the smaller block.
    new Map([
      [app, ['10.9.9.0/24']],
      [second, ['10.9.8.0/24']],
    ]),
  )
  expect([...ccns.values()].every((ccn) => ccn.startsWith('ccn'))).toBe(true)
  expect(await store.read((db) => findRemoteAccess(db, 'pop2', now))).toEqual([])
  await site.set(second, { overdue_since: now })
  expect((await store.read((db) => findRemoteAccess(db, 'pop1', now))).map(({ instance }) => instance)).toEqual([app])
})

test('a service that leaves its network, or joins one, is told to the pop', async () => {
  const { store, now, told } = site.world
  const served = () => store.read((db) => findRemoteAccess(db, 'pop1', now))
  await numberApps(store)
  const [before] = await served()
  const ccn = { SmartAGId: app, CcnId: before?.ccn ?? '' }
  await site.operate(unbindSmartAccessGateway, ccn)
  expect(told).toEqual(['pop1'])
  expect(await served()).toEqual([])
  await site.operate(bindSmartAccessGateway, ccn)
  expect(told).toEqual(['pop1', 'pop1'])
  expect(await served()).toEqual([before])
})

test('a pop whose program knows access control lists is told that of an instance, and of each change', async () => {
  const { world } = site
  const { store, now, told } = world
  const acl = async () => (await store.read((db) => findRemoteAccess(db, 'pop1', now)))[0]?.acl
  await numberApps(store)
  const AclId = await addAcl(world, { type: 'acl-software' })
  await addAclRule(world, AclId, { protocol: 'ICMP' })
  await site.operate(associateAcl, { AclId, SmartAGId: app })
  expect(await acl()).toBeUndefined()
  await store.write((tx) => saveCapabilities(tx, 'pop1', ['network', 'acl']))
  const drop = { policy: 'drop', side: 'network', from: '0.0.0.0/0', to: '0.0.0.0/0' }
  expect(await acl()).toEqual([{ ...drop, direction: 'out', protocol: 'icmp' }])
  const ports = { SourcePortRange: '-1/-1', DestPortRange: '-1/-1' }
  const rule = { Direction: 'in', Policy: 'drop', IpProtocol: 'ALL', SourceCidr: '0.0.0.0/0', DestCidr: '0.0.0.0/0' }
  await site.operate(addAclRuleOperation, { AclId, ...rule, ...ports })
  expect(await acl()).toHaveLength(2)
  await site.operate(disassociateAcl, { AclId, SmartAGId: app })
  expect(await acl()).toBeUndefined()
  expect(told).toEqual(['pop1', 'pop1', 'pop1'])
})

test('a profile needs the password and makes no session; its authority has signed the certificate of the pop', async () => {
  const body = { instanceId: app, userName: 'anna-test' }
  expect((await site.post('/app/profile', { ...body, password: 'wrong-pass' })).body['Code']).toBe('LogonFailed')
  const { status, body: shown } = await site.post('/app/profile', { ...body, password })
  expect({ status, ...shown }).toMatchObject({
    status: 200,
    SmartAGId: app,
    Endpoint: '203.0.113.7',
    Port: 1194,
    ServerName: 'pop1.sag',
  })
  const { sealer } = site
  const authority = createAuthority({
    store: site.world.store,
    sealer,
    random: (bytes) => Buffer.alloc(bytes, 1),
    wallClock: Date.now,
  })
  const key = Buffer.from(
    '302a300506032b65700321003b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29',
    'hex',
  )
  const { certificate } = await authority.certify('pop1', key.toString('base64url'))
  const signer = new X509Certificate(shown['Authority'] ?? '')
  expect(new X509Certificate(Buffer.from(certificate, 'base64url')).verify(signer.publicKey)).toBe(true)
  expect(await logOn()).toMatchObject({ replaced: undefined })
})

test('without a point of presence there is no profile', async () => {
  const other = await openSite()
  const instanceId = await other.app()
  await other.user(instanceId, 'anna-test')
  const answer = await other.post('/app/profile', { instanceId, userName: 'anna-test', password })
  expect([answer.status, answer.body['Code']]).toEqual([409, 'NoTunnel'])
  await other.close()
})

describe('what a tunnel has carried', () => {
  const dayMs = 24 * 60 * 60_000
  async function bytesIn(StatisticsDate?: string): Promise<string | undefined> {
    const month = StatisticsDate === undefined ? {} : { StatisticsDate }
    const answer = await site.operate(describeUserFlowStatistics, {
      SmartAGId: app,
      'UserNames.1': 'anna-test',
      ...month,
    })
    const { SagStatistics } = answer as { readonly SagStatistics: readonly { readonly TotalBytes: string }[] }
    return SagStatistics[0]?.TotalBytes
  }

  test('adds up over signs of life and sessions; one that is told late, or again, changes nothing', async () => {
    const anna = await session()
    await site.tunnelUsers.alive('pop1', [anna], [1000])
    await site.tunnelUsers.alive('pop1', [anna], [2500])
    await site.tunnelUsers.alive('pop1', [anna], [2000])
    await site.tunnelUsers.alive('pop2', [anna], [9000])
    await site.tunnelUsers.alive('pop1', [anna])
    expect(await bytesIn()).toBe('2500')
    await site.tunnelUsers.logOff('pop1', anna, 3000)
    await site.tunnelUsers.logOff('pop1', anna, 9000)
    const again = await session()
    await site.tunnelUsers.alive('pop1', [again], [40])
    expect(await bytesIn()).toBe('3040')
  })

  test('counts also for a session that ends by the sign of life that says so', async () => {
    const anna = await session()
    await site.world.store.write((tx) => tx.updateTable('client_user').set({ state: 'disabled' }).execute())
    expect(await site.tunnelUsers.alive('pop1', [anna], [700])).toEqual([anna])
    expect(await bytesIn()).toBe('700')
  })

  test('is of the month it was told in; twelve months that are over are kept', async () => {
    await site.set(app, { ends_at: site.world.now + 600 * dayMs })
    let anna = await session()
    const month = () => String(monthOf(site.world.now))
    const first = month()
    await site.tunnelUsers.alive('pop1', [anna], [100])
    const told = new Map([[first, '100']])
    for (let bytes = 101; told.size < 14; bytes++) {
      site.pass(31 * dayMs)
      anna = await session()
      await site.tunnelUsers.alive('pop1', [anna], [bytes])
      told.set(month(), String(bytes))
    }
    const shown = await Promise.all([...told.keys()].map(bytesIn))
    expect(shown).toEqual(['0', ...[...told.values()].slice(1)])
  })
})
