import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { disableSmartAccessGatewayUser } from '../../packages/server/src/apis/smartag/client-users/disable-smart-access-gateway-user.ts'
import { kickOutClients } from '../../packages/server/src/apis/smartag/client-users/kick-out-clients.ts'
import { accountId } from '../../packages/server/src/apis/testing/names.suite.ts'
import { setBlocks } from '../../packages/server/src/apis/testing/networks.suite.ts'
import { perAccount, perAddress } from '../../packages/server/src/remote-access/throttle.ts'
import { openSite, password, type Site, silentMs } from './site.ts'

let site: Site
beforeEach(async () => {
  site = await openSite()
})
afterEach(() => site.close())

async function appWithUser(given?: Parameters<Site['app']>[0], clientIp?: string): Promise<string> {
  const id = await site.app(given)
  await site.user(id, 'anna', clientIp)
  return id
}

async function token(id: string, userName = 'anna'): Promise<string> {
  const { status, body } = await site.logOn(id, userName)
  expect(status, JSON.stringify(body)).toBe(200)
  return body['Token'] ?? ''
}

describe('a logon', () => {
  test('gives a token, the third address of the pool and how often to show life', async () => {
    const id = await appWithUser({ pool: '10.9.9.0/24' })
    const { status, headers, body } = await site.logOn(id, 'anna')
    expect(status).toBe(200)
    expect(body).toEqual({
      Token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      SmartAGId: id,
      UserName: 'anna',
      ClientIp: '10.9.9.2',
      OnlineTime: String(site.world.now / 1000),
      HeartbeatSeconds: 15,
      RequestId: headers['x-acs-request-id'],
    })
    expect(headers['cache-control']).toBe('no-store')
  })

  test('that is right locks nobody out, however often', async () => {
    const id = await appWithUser()
    for (let logon = 0; logon <= perAccount.free + 1; logon++) {
      await site.post('/app/logoff', undefined, { token: await token(id) })
    }
  })

  test('finds the service by its enterprise code, however that is written', async () => {
    const id = await appWithUser({ enterpriseCode: 'acme1' })
    const answer = await site.post('/app/logon', { enterpriseCode: 'AcMe1', userName: 'anna', password })
    expect(answer.body['SmartAGId']).toBe(id)
  })

  test('behind a code that several services have, the first by instance id with that name is meant', async () => {
    for (const id of ['sag-c', 'sag-a', 'sag-b']) await site.app({ id, enterpriseCode: 'acme1' })
    for (const id of ['sag-c', 'sag-b']) await site.user(id, 'anna')
    const answer = await site.post('/app/logon', { enterpriseCode: 'acme1', userName: 'anna', password })
    expect(answer.body['SmartAGId']).toBe('sag-b')
  })

  test('gives an account its fixed address and nobody else that one', async () => {
    const id = await appWithUser({ pool: '10.9.9.0/29' }, '10.9.9.2')
    for (const name of ['bert', 'carl']) await site.user(id, name)
    const addresses = []
    for (const name of ['bert', 'anna', 'carl']) addresses.push((await site.logOn(id, name)).body['ClientIp'])
    expect(addresses).toEqual(['10.9.9.3', '10.9.9.2', '10.9.9.4'])
  })

  test('goes on to the next block when one is full, and takes the lowest address that came free', async () => {
    const id = await site.app({ pool: '10.9.9.0/30,10.9.8.0/29' })
    for (const name of ['anna', 'bert', 'carl', 'dora']) await site.user(id, name)
    const tokens = [await token(id, 'anna'), await token(id, 'bert'), await token(id, 'carl')]
    await site.post('/app/logoff', undefined, { token: tokens[1] ?? '' })
    expect((await site.logOn(id, 'dora')).body['ClientIp']).toBe('10.9.8.2')
    expect((await site.session(tokens[0] ?? '')).body['ClientIp']).toBe('10.9.9.2')
  })

  test('keeps of the token nothing but a hash, and neither it nor the password reaches the log', async () => {
    const id = await appWithUser()
    const opened = await token(id)
    const rows = await site.world.store.read((db) => db.selectFrom('client_session').selectAll().execute())
    expect(rows).toHaveLength(1)
    const kept = JSON.stringify(rows) + site.log()
    expect(kept).not.toContain(opened)
    expect(kept).not.toContain(password)
  })
})

describe('a logon is refused', () => {
  async function refused(id: string, more?: object): Promise<readonly unknown[]> {
    const { status, body } = await site.logOn(id, 'anna', more)
    return [status, body['Code']]
  }

  test('LogonFailed, told alike whatever of code, instance, account and password is wrong', async () => {
    const id = await appWithUser({ enterpriseCode: 'acme1' })
    const hardware = await site.world.addInstance()
    const wrong = [
      { instanceId: id, userName: 'anna', password: 'wrong-one' },
      { instanceId: id, userName: 'nobody', password },
      { instanceId: 'sag-none', userName: 'anna', password },
      { instanceId: hardware, userName: 'anna', password },
      { enterpriseCode: 'acme1', userName: 'nobody', password },
      { enterpriseCode: 'other', userName: 'anna', password },
    ]
    const answers = []
    for (const body of wrong) {
      const { status, body: answer } = await site.post('/app/logon', body)
      answers.push([status, answer['Code'], answer['Message'], Object.keys(answer)])
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]?.slice(0, 2)).toEqual([401, 'LogonFailed'])
  })

  test('LogonFailed also for a disabled account, an overdue service or a full pool, when the password is wrong', async () => {
    const id = await appWithUser()
    await site.set(id, { overdue_since: 1, ccn_id: null })
    expect(await refused(id, { password: 'wrong-one' })).toEqual([401, 'LogonFailed'])
  })

  test('UserDisabled', async () => {
    const id = await appWithUser()
    await site.operate(disableSmartAccessGatewayUser, { SmartAGId: id, UserName: 'anna' })
    expect(await refused(id)).toEqual([403, 'UserDisabled'])
  })

  test('InstanceNotActivated: the order is not paid', async () => {
    expect(await refused(await appWithUser({ state: 'unpaid' }))).toEqual([403, 'InstanceNotActivated'])
  })

  test('InstanceInArrears: overdue, or past its end', async () => {
    const id = await appWithUser()
    await site.set(id, { overdue_since: site.world.now })
    expect(await refused(id)).toEqual([403, 'InstanceInArrears'])
    await site.set(id, { overdue_since: null, ends_at: site.world.now })
    expect(await refused(id)).toEqual([403, 'InstanceInArrears'])
  })

  test('InstanceNotInCcn', async () => {
    const id = await appWithUser()
    await site.set(id, { ccn_id: null })
    expect(await refused(id)).toEqual([403, 'InstanceNotInCcn'])
  })

  test('SessionExists while the session lives; once it has been silent for three heartbeats the next one replaces it', async () => {
    const id = await appWithUser()
    const first = await token(id)
    site.pass(silentMs - 1)
    expect(await refused(id)).toEqual([409, 'SessionExists'])
    site.pass(1)
    const second = await token(id)
    expect((await site.session(first)).status).toBe(401)
    expect((await site.session(second)).status).toBe(200)
  })

  test('PoolExhausted; addresses of silent sessions are taken back', async () => {
    const id = await appWithUser({ pool: '10.9.9.0/30' })
    await site.user(id, 'bert')
    await token(id, 'bert')
    expect(await refused(id)).toEqual([409, 'PoolExhausted'])
    site.pass(silentMs)
    expect((await site.logOn(id, 'anna')).body['ClientIp']).toBe('10.9.9.2')
  })

  test('PoolExhausted: no pool at all', async () => {
    expect(await refused(await appWithUser({ pool: '' }))).toEqual([409, 'PoolExhausted'])
  })

  test('AddressNotInPool: the fixed address is outside, or one that nobody gets', async () => {
    for (const address of ['10.9.8.9', '10.9.9.0', '10.9.9.1', '10.9.9.255']) {
      expect(await refused(await appWithUser({}, address))).toEqual([409, 'AddressNotInPool'])
    }
  })

  test('AddressInUse: somebody had the address before it became a fixed one, and is there', async () => {
    const id = await site.app()
    await site.user(id, 'bert')
    await token(id, 'bert')
    await site.user(id, 'anna', '10.9.9.2')
    expect(await refused(id)).toEqual([409, 'AddressInUse'])
    site.pass(silentMs)
    expect((await site.logOn(id, 'anna')).body['ClientIp']).toBe('10.9.9.2')
  })

  test.each([
    ['no JSON', 'userName=anna'],
    ['no object', '[]'],
    ['a member too many', { instanceId: 'sag-a', userName: 'anna', password, admin: true }],
    ['neither code nor instance', { userName: 'anna', password }],
    ['both code and instance', { instanceId: 'sag-a', enterpriseCode: 'acme1', userName: 'anna', password }],
    ['an instance id of another form', { instanceId: "sag-a' or 1=1", userName: 'anna', password }],
    ['a user name of another form', { instanceId: 'sag-a', userName: 'a\nb', password }],
    ['no password', { instanceId: 'sag-a', userName: 'anna', password: '' }],
    ['a terminal of two lines', { instanceId: 'sag-a', userName: 'anna', password, terminal: 'a\nb' }],
    ['a terminal too long', { instanceId: 'sag-a', userName: 'anna', password, terminal: 'a'.repeat(65) }],
  ])('InvalidRequest: %s', async (_title, body) => {
    const { status, body: answer } = await site.post('/app/logon', body)
    expect([status, answer['Code']]).toEqual([400, 'InvalidRequest'])
    expect(JSON.stringify(answer) + site.log()).not.toContain(password)
  })

  test('InvalidRequest: a body that is not said to be JSON', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await site.post('/app/logon', 'a=b', { headers })).body['Code']).toBe('InvalidRequest')
  })

  test('RequestBodyTooLarge', async () => {
    const { status, body } = await site.post('/app/logon', { userName: 'a'.repeat(5000) })
    expect([status, body['Code']]).toEqual([413, 'RequestBodyTooLarge'])
  })

  test('each one is counted: of an account that exists with its name, of any other without', async () => {
    const id = await appWithUser()
    for (let i = 0; i < perAccount.free; i += 1) await refused(id, { password: 'wrong-one' })
    await refused(id)
    await site.logOn(id, 'Winter_2024', {}, '198.51.100.7')
    const counted = { action: 'RemoteLogon', source: '192.0.2.1' }
    const claimed = {
      kind: 'RemoteUser',
      accountId,
      principal: `remote-user/${id}/anna`,
      resource: `acs:smartag:*:${accountId}:smartag/${id}`,
    }
    expect(site.failures).toEqual([
      ...Array.from({ length: perAccount.free }, () => ({ ...counted, reason: 'LogonFailed', claimed })),
      { ...counted, reason: 'TooManyAttempts', claimed: undefined },
      { ...counted, reason: 'LogonFailed', source: '198.51.100.7', claimed: undefined },
    ])
  })

  test('TooManyAttempts after five wrong passwords, the right one included, until the wait is over', async () => {
    const id = await appWithUser()
    for (let i = 0; i < perAccount.free; i += 1)
      expect(await refused(id, { password: 'wrong-one' })).toEqual([401, 'LogonFailed'])
    const { status, headers, body } = await site.logOn(id, 'anna', {}, '198.51.100.7')
    expect([status, body['Code'], headers['retry-after']]).toEqual([429, 'TooManyAttempts', '1'])
    site.pass(perAccount.firstWait)
    await token(id)
  })

  test('TooManyAttempts for an account that is not there, all the same', async () => {
    const codes = []
    for (let i = 0; i <= perAccount.free; i += 1) codes.push((await site.logOn('sag-none', 'nobody')).body['Code'])
    expect(codes.at(-1)).toBe('TooManyAttempts')
  })

  test('TooManyAttempts from one place at many accounts; other places are not kept waiting', async () => {
    const id = await appWithUser()
    const guesses = Array.from({ length: perAddress.free }, (_, i) => site.logOn(id, `user-${i}`))
    await Promise.all(guesses)
    expect(await refused(id)).toEqual([429, 'TooManyAttempts'])
    expect((await site.logOn(id, 'anna', {}, '198.51.100.7')).status).toBe(200)
  })

  test('a hundred guesses at once are no cheaper than one after another', async () => {
    const id = await appWithUser()
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => site.logOn(id, 'anna', { password: 'wrong-one' }, `198.51.100.${i}`)),
    )
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(perAccount.free)
  })
})

describe('logons at once', () => {
  test('of one account: exactly one succeeds', async () => {
    const id = await appWithUser()
    const answers = await Promise.all(Array.from({ length: 5 }, () => site.logOn(id, 'anna')))
    expect(answers.map(({ body }) => body['Code'] ?? 'success').sort()).toEqual([
      ...Array<string>(4).fill('SessionExists'),
      'success',
    ])
  })

  test('of nine accounts on a pool of five addresses: five succeed, with an address each', async () => {
    const id = await site.app({ pool: '10.9.9.0/29' })
    const names = Array.from({ length: 9 }, (_, i) => `user-${i}`)
    for (const name of names) await site.user(id, name)
    const answers = await Promise.all(names.map((name) => site.logOn(id, name)))
    const addresses = answers.flatMap(({ body }) => body['ClientIp'] ?? [])
    expect(addresses.sort()).toEqual(['10.9.9.2', '10.9.9.3', '10.9.9.4', '10.9.9.5', '10.9.9.6'])
    expect(answers.flatMap(({ body }) => body['Code'] ?? [])).toEqual(Array<string>(4).fill('PoolExhausted'))
  })
})

describe('a session', () => {
  test('lives by its heartbeats', async () => {
    const id = await appWithUser()
    const opened = await token(id)
    for (let beat = 0; beat < 5; beat += 1) {
      site.pass(silentMs - 1)
      expect((await site.post('/app/heartbeat', undefined, { token: opened })).status).toBe(200)
    }
    expect((await site.logOn(id, 'anna')).body['Code']).toBe('SessionExists')
  })

  test('ends with a logoff, after which its token opens nothing and the account may log on again', async () => {
    const id = await appWithUser()
    const opened = await token(id)
    expect((await site.post('/app/logoff', undefined, { token: opened })).status).toBe(200)
    for (const path of ['/app/heartbeat', '/app/logoff']) {
      const { status, body } = await site.post(path, undefined, { token: opened })
      expect([status, body['Code']]).toEqual([401, 'SessionEnded'])
    }
    await token(id)
  })

  test.each<readonly [string, (id: string) => Promise<unknown>]>([
    ['it is kicked out', (id) => site.operate(kickOutClients, { SmartAGId: id, Username: 'anna' })],
    [
      'the account is disabled',
      (id) => site.operate(disableSmartAccessGatewayUser, { SmartAGId: id, UserName: 'anna' }),
    ],
    ['the service is overdue', (id) => site.set(id, { overdue_since: 1 })],
    ['the service leaves its CCN', (id) => site.set(id, { ccn_id: null })],
    ['the pool becomes another', (id) => setBlocks(site.world, id, '10.7.7.0/24')],
    [
      'the account is gone',
      (_id) =>
        site.world.store.write(async (tx) => {
          await tx.deleteFrom('client_user').execute()
        }),
    ],
  ])('ends when %s', async (_title, happens) => {
    const id = await appWithUser()
    const opened = await token(id)
    await happens(id)
    expect((await site.session(opened)).body['Code']).toBe('SessionEnded')
    expect((await site.post('/app/heartbeat', undefined, { token: opened })).body['Code']).toBe('SessionEnded')
    const left = await site.world.store.read((db) => db.selectFrom('client_session').select('id').execute())
    expect(left).toEqual([])
  })

  test('goes on when the pool changes around its address', async () => {
    const id = await appWithUser()
    const opened = await token(id)
    await setBlocks(site.world, id, '10.9.0.0/16')
    expect((await site.post('/app/heartbeat', undefined, { token: opened })).body['ClientIp']).toBe('10.9.9.2')
  })

  test.each(['', 'Bearer', 'Bearer short', `Basic ${'a'.repeat(43)}`, `Bearer ${'a'.repeat(43)}`])(
    'is not opened by "%s"',
    async (authorization) => {
      const { status, body } = await site.post('/app/heartbeat', undefined, { headers: { authorization } })
      expect([status, body['Code']]).toEqual([401, 'SessionEnded'])
    },
  )
})

describe('the connection audit', () => {
  test('tells of logons, logoffs and refusals, when it is on', async () => {
    const id = await appWithUser()
    await site.set(id, { connection_audit: 1 })
    await site.logOn(id, 'anna', { password: 'wrong-one', terminal: 'laptop' })
    const opened = (await site.logOn(id, 'anna', { terminal: 'laptop' }, '::ffff:198.51.100.7')).body['Token'] ?? ''
    await site.logOn(id, 'anna', { terminal: 'phone' })
    await site.post('/app/logoff', undefined, { token: opened })
    expect(await site.audit()).toEqual([
      'refused anna - 192.0.2.1 laptop LogonFailed',
      'logon anna 10.9.9.2 ::ffff:198.51.100.7 laptop ',
      'refused anna - 192.0.2.1 phone SessionExists',
      'logoff anna 10.9.9.2 ::ffff:198.51.100.7 laptop LoggedOff',
    ])
  })

  test('is silent when it is off', async () => {
    const id = await appWithUser()
    await site.logOn(id, 'anna', { password: 'wrong-one' })
    await site.post('/app/logoff', undefined, { token: await token(id) })
    expect(await site.audit()).toEqual([])
  })
})
