import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { verifyClientPassword } from '../../../access/client-passwords.ts'
import { MailNotSent } from '../../../mail/mailer.ts'
import { storedBytes } from '../../../store/testing/contents.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addApp, addUser, userRow } from '../../testing/remote-users.suite.ts'
import { createSmartAccessGatewayClientUser as operation } from './create-smart-access-gateway-client-user.ts'

const Password = 'teste111'

testOperation(operation, (world) => {
  const nameless = (SmartAGId: string, more: Readonly<Record<string, string>> = {}) => ({
    RegionId: regionId,
    SmartAGId,
    UserMail: 'user@example.com',
    ...more,
  })
  const request = (SmartAGId: string, more: Readonly<Record<string, string>> = {}) =>
    nameless(SmartAGId, { UserName: 'doctest', Password, ...more })

  test('adds an account and mails what it needs to log on', async () => {
    const id = await addApp(world(), { enterpriseCode: 'abc12' })
    await world().store.write((tx) =>
      tx
        .insertInto('enterprise_code')
        .values({ code: 'abc12', shown: 'aBC12', account_id: otherAccountId, is_default: 1, created_at: 0 })
        .execute(),
    )
    const answer = await world().call(operation, request(id, { Bandwidth: '20', ClientIp: '10.9.0.5' }))
    expect(answer).toEqual({
      UserName: 'doctest',
      UserMail: 'user@example.com',
      Bandwidth: 20,
      ClientIp: '10.9.0.5',
    })
    const user = await userRow(world(), id)
    expect(user).toMatchObject({ mail: 'user@example.com', bandwidth: 20, state: 'enabled', created_at: world().now })
    expect(await verifyClientPassword(user?.password_hash ?? '', Secret.of(Password))).toBe(true)

    const [mail] = world().mail.sent
    expect(mail?.to).toBe('user@example.com')
    const text = mail?.text.reveal() ?? ''
    for (const fact of [id, 'aBC12', 'doctest', Password]) expect(text.split(fact)).toHaveLength(3)
  })

  test('gives 2000 Kbit/s and an address for each connection when nothing else is asked for', async () => {
    const id = await addApp(world())
    expect(await world().call(operation, request(id))).toEqual({
      UserName: 'doctest',
      UserMail: 'user@example.com',
      Bandwidth: 2000,
      ClientIp: undefined,
    })
    expect(await userRow(world(), id)).toMatchObject({ client_ip: null })
  })

  test.each([{}, { UserName: '', Password: '' }])(
    'without name and password: the mail address and a generated one (%o)',
    async (more) => {
      const id = await addApp(world())
      expect(await world().call(operation, nameless(id, more))).toMatchObject({ UserName: 'user@example.com' })
      const text = world().mail.sent[0]?.text.reveal() ?? ''
      const password = /Password: +([A-Za-z][A-Za-z0-9]{11,})\n/.exec(text)?.[1]
      const user = await userRow(world(), id, 'user@example.com')
      expect(await verifyClientPassword(user?.password_hash ?? '', Secret.of(password ?? ''))).toBe(true)
    },
  )

  test('leaves no password in anything that is stored', async () => {
    const id = await addApp(world())
    await world().call(operation, request(id))
    await world().call(operation, nameless(id))
    const stored = await storedBytes(world())
    expect(stored.includes('user@example.com')).toBe(true)
    for (const mail of world().mail.sent) {
      const password = /Password: +(\S+)/.exec(mail.text.reveal())?.[1] ?? ''
      expect(stored.includes(password)).toBe(false)
    }
  })

  test('keeps an account with a given password although its mail was not sent, and reports that', async () => {
    const id = await addApp(world())
    world().mail.works = false
    await world().call(operation, request(id))
    expect(await userRow(world(), id)).toBeDefined()
    expect(world().reported).toEqual(['an account was added and its mail not sent'])
  })

  test('keeps no account whose generated password could not be sent', async () => {
    const id = await addApp(world())
    world().mail.works = false
    await expect(world().call(operation, nameless(id))).rejects.toThrow(MailNotSent)
    expect(await userRow(world(), id, 'user@example.com')).toBeUndefined()
  })

  test('does not take back an account that got another password meanwhile', async () => {
    const id = await addApp(world())
    world().mail.works = false
    world().mail.meanwhile = () =>
      world().store.write(async (tx) => {
        await tx.updateTable('client_user').set({ password_hash: 'another' }).execute()
      })
    await expect(world().call(operation, nameless(id))).rejects.toThrow(MailNotSent)
    expect(await userRow(world(), id, 'user@example.com')).toMatchObject({ password_hash: 'another' })
  })

  test('one of two calls at once for the same name wins', async () => {
    const id = await addApp(world())
    const [first, second] = await Promise.allSettled([
      world().call(operation, request(id)),
      world().call(operation, request(id)),
    ])
    expect([first?.status, second?.status].sort()).toEqual(['fulfilled', 'rejected'])
    expect(world().mail.sent).toHaveLength(1)
  })

  test.each([
    ['ClientUser.NameEmpty', { UserName: '' }],
    ['ClientUser.NameInvalid', { UserName: 'sixsix' }],
    ['ClientUser.NameInvalid', { UserName: '_leading' }],
    ['ClientUser.EmailEmpty', { UserMail: '' }],
    ['ClientUser.EmailInvalid', { UserMail: 'nobody' }],
    ['ClientUser.BandwidthInvalid', { Bandwidth: '0' }],
    ['ClientUser.BandwidthInvalid', { Bandwidth: '20001' }],
    ['ClientUser.BandwidthInvalid', { Bandwidth: 'fast' }],
    ['ClientUser.IpEmpty', { ClientIp: ' ' }],
    ['ClientUser.IpInvalid', { ClientIp: '10.9.0.256' }],
    ['InvalidParameter.Password', { Password: 'short_7' }],
    ['InvalidParameter.Password', { Password: '' }],
    ['MissingSmartAGId', { SmartAGId: '' }],
  ])('%s: %o', async (code, more) => {
    expect(await world().refused(operation, request('sag-none', more))).toBe(code)
    expect(world().mail.sent).toEqual([])
  })

  test('ClientUser.NameInvalid: a mail address that can be no name', async () => {
    const id = await addApp(world())
    expect(await world().refused(operation, nameless(id, { UserMail: '_user@example.com' }))).toBe(
      'ClientUser.NameInvalid',
    )
  })

  test('SAG.InstanceNoFound: unknown, in another region, of another account', async () => {
    const { refused } = world()
    expect(await refused(operation, request('sag-none'))).toBe('SAG.InstanceNoFound')
    const foreign = await addApp(world(), { accountId: otherAccountId })
    expect(await refused(operation, request(foreign))).toBe('SAG.InstanceNoFound')
    const id = await addApp(world())
    expect(await refused(operation, request(id, { RegionId: 'cn-hangzhou' }))).toBe('SAG.InstanceNoFound')
  })

  test.each(['hardware', 'vcpe'] as const)('ClientUser.NotSupportAction: %s', async (kind) => {
    const id = await world().addInstance({ kind })
    expect(await world().refused(operation, request(id))).toBe('ClientUser.NotSupportAction')
  })

  test('SAG.CidrEmpty: it has no pool', async () => {
    const id = await addApp(world(), { pool: '' })
    expect(await world().refused(operation, request(id))).toBe('SAG.CidrEmpty')
  })

  test('ClientUser.UserExist: on this instance, not on another', async () => {
    const id = await addApp(world())
    await addUser(world(), await addApp(world(), { pool: '10.8.0.0/24' }))
    await world().call(operation, request(id))
    expect(await world().refused(operation, request(id))).toBe('ClientUser.UserExist')
  })

  test('ClientUser.UserOverLimit: as many as were bought', async () => {
    const id = await addApp(world(), { userCount: 2 })
    await addUser(world(), id, 'first')
    await world().call(operation, request(id))
    expect(await world().refused(operation, request(id, { UserName: 'doctest3' }))).toBe('ClientUser.UserOverLimit')
  })

  test.each(['10.9.1.5', '10.9.0.0', '10.9.0.1', '10.9.0.255', '10.9.0.7'])(
    'ClientUser.InvalidClientIp: %s is outside the pool, the service itself, or taken',
    async (ClientIp) => {
      const id = await addApp(world())
      await addUser(world(), id, 'neighbour', { client_ip: 10 * 2 ** 24 + 9 * 2 ** 16 + 7 })
      expect(await world().refused(operation, request(id, { ClientIp }))).toBe('ClientUser.InvalidClientIp')
    },
  )

  test('answers by the order of its table', async () => {
    const { refused } = world()
    const all = request('sag-none', { UserName: 'x', UserMail: 'x', Bandwidth: 'x', ClientIp: 'x', Password: 'x' })
    expect(await refused(operation, all)).toBe('ClientUser.NameInvalid')
    expect(await refused(operation, { ...all, UserName: 'doctest' })).toBe('ClientUser.EmailInvalid')
    expect(await refused(operation, request('sag-none', { Bandwidth: 'x', ClientIp: 'x' }))).toBe(
      'ClientUser.BandwidthInvalid',
    )
    expect(await refused(operation, request('sag-none', { ClientIp: 'x', Password: 'x' }))).toBe('ClientUser.IpInvalid')
    const id = await addApp(world(), { userCount: 1 })
    await addUser(world(), id)
    expect(await refused(operation, request(id, { ClientIp: '10.8.0.1' }))).toBe('ClientUser.UserExist')
    expect(await refused(operation, request(id, { UserName: 'doctest2', ClientIp: '10.8.0.1' }))).toBe(
      'ClientUser.UserOverLimit',
    )
  })
})
