import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { verifyClientPassword } from '../../../access/client-passwords.ts'
import { MailNotSent } from '../../../mail/mailer.ts'
import { createRemoteUsers } from '../../../store/remote-users/remote-users.ts'
import { storedBytes } from '../../../store/testing/contents.suite.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addApp, addSession, addUser, online, userRow } from '../../testing/remote-users.suite.ts'
import { resetSmartAccessGatewayClientUserPassword as operation } from './reset-smart-access-gateway-client-user-password.ts'

const Password = 'teste111'

testOperation(operation, (world) => {
  const generated = (SmartAGId: string, more: Readonly<Record<string, string>> = {}) => ({
    RegionId: regionId,
    SmartAGId,
    UserName: 'doctest',
    ...more,
  })
  const request = (SmartAGId: string, more: Readonly<Record<string, string>> = {}) =>
    generated(SmartAGId, { Password, ...more })

  /** With an account that is online. */
  async function ready(): Promise<string> {
    const id = await addApp(world())
    await addUser(world(), id)
    await addSession(world(), id)
    return id
  }

  async function opens(id: string, password: string): Promise<boolean> {
    return verifyClientPassword((await userRow(world(), id))?.password_hash ?? '', Secret.of(password))
  }

  test('a given password replaces the old one, is mailed, and ends what is online', async () => {
    const id = await ready()
    await addUser(world(), id, 'another')
    await addSession(world(), id, 'another', '10.9.0.3')
    world().now += 1000
    expect(await world().call(operation, request(id))).toEqual({})
    expect(await opens(id, Password)).toBe(true)
    expect(await userRow(world(), id)).toMatchObject({ password_changed_at: world().now })
    expect(await online(world())).toEqual(['another'])
    expect(world().mail.sent.map(({ to }) => to)).toEqual(['doctest@example.com'])
    const text = world().mail.sent[0]?.text.reveal() ?? ''
    for (const fact of [id, 'doctest', Password]) expect(text.split(fact)).toHaveLength(3)
    expect(await userRow(world(), id, 'another')).toMatchObject({ password_hash: 'the old hash' })
  })

  test.each([{}, { Password: '' }])('a generated one is known from the mail alone (%o)', async (more) => {
    const id = await ready()
    expect(await world().call(operation, generated(id, more))).toEqual({})
    const password = /Password: +([A-Za-z][A-Za-z0-9]{11,})\n/.exec(world().mail.sent[0]?.text.reveal() ?? '')?.[1]
    expect(await opens(id, password ?? '')).toBe(true)
    expect(await online(world())).toEqual([])
  })

  test('two generated ones differ', async () => {
    const id = await ready()
    await world().call(operation, generated(id))
    await world().call(operation, generated(id))
    const [first, second] = world().mail.sent.map(({ text }) => text.reveal())
    expect(first).not.toBe(second)
  })

  test('leaves no password in anything that is stored', async () => {
    const id = await ready()
    await world().call(operation, request(id))
    await world().call(operation, generated(id))
    const stored = await storedBytes(world())
    expect(stored.includes('doctest@example.com')).toBe(true)
    for (const mail of world().mail.sent) {
      expect(stored.includes(/Password: +(\S+)/.exec(mail.text.reveal())?.[1] ?? '')).toBe(false)
    }
  })

  test('a given password stands although its mail was not sent, and that is reported', async () => {
    const id = await ready()
    world().mail.works = false
    expect(await world().call(operation, request(id))).toEqual({})
    expect(await opens(id, Password)).toBe(true)
    expect(await online(world())).toEqual([])
    expect(world().reported).toEqual(['a password was reset and its mail not sent'])
  })

  test('a generated password that cannot be sent is a failure and changes nothing', async () => {
    const id = await ready()
    world().mail.works = false
    await expect(world().call(operation, generated(id))).rejects.toThrow(MailNotSent)
    expect(await userRow(world(), id)).toMatchObject({ password_hash: 'the old hash' })
    expect(await online(world())).toEqual(['doctest'])
  })

  test('a generated password that cannot be sent leaves alone what another reset set meanwhile', async () => {
    const id = await ready()
    world().mail.works = false
    world().mail.meanwhile = async () => {
      world().mail.meanwhile = async () => {}
      await world().call(operation, request(id))
    }
    await expect(world().call(operation, generated(id))).rejects.toThrow(MailNotSent)
    expect(await opens(id, Password)).toBe(true)
  })

  test('two generated passwords at once that cannot be sent leave the old one', async () => {
    const id = await ready()
    world().mail.works = false
    await Promise.allSettled([world().call(operation, generated(id)), world().call(operation, generated(id))])
    expect(await userRow(world(), id)).toMatchObject({ password_hash: 'the old hash' })
  })

  test('1 SAG.InstanceIdEmpty: absent or blank', async () => {
    const { SmartAGId: _id, ...rest } = request('')
    expect(await world().refused(operation, rest)).toBe('SAG.InstanceIdEmpty')
    expect(await world().refused(operation, request(' '))).toBe('SAG.InstanceIdEmpty')
  })

  test('2 ClientUser.NameEmpty: absent or blank', async () => {
    const { UserName: _name, ...rest } = request('sag-none')
    expect(await world().refused(operation, rest)).toBe('ClientUser.NameEmpty')
    expect(await world().refused(operation, request('sag-none', { UserName: ' ' }))).toBe('ClientUser.NameEmpty')
  })

  test.each(['a!', 'a', '_ab', 'x'.repeat(65)])('3a ClientUser.NameInvalid: %s', async (UserName) => {
    expect(await world().refused(operation, request('sag-none', { UserName }))).toBe('ClientUser.NameInvalid')
  })

  test.each(['short_7', 'x'.repeat(33), '_leading1', 'star*inside', 'with space'])(
    'InvalidParameter.Password, after the name and before the instance: %s',
    async (malformed) => {
      const given = { Password: malformed }
      expect(await world().refused(operation, request('sag-none', given))).toBe('InvalidParameter.Password')
      expect(await world().refused(operation, request('sag-none', { ...given, UserName: 'a!' }))).toBe(
        'ClientUser.NameInvalid',
      )
    },
  )

  test('4 SAG.InstanceNoFound: unknown, another region, another account, no App', async () => {
    const { refused } = world()
    const id = await ready()
    expect(await refused(operation, request('sag-none'))).toBe('SAG.InstanceNoFound')
    expect(await refused(operation, request(id, { RegionId: 'cn-hangzhou' }))).toBe('SAG.InstanceNoFound')
    const foreign = await addApp(world(), { accountId: otherAccountId })
    expect(await refused(operation, request(foreign))).toBe('SAG.InstanceNoFound')
    for (const kind of ['hardware', 'vcpe'] as const) {
      expect(await refused(operation, request(await world().addInstance({ kind })))).toBe('SAG.InstanceNoFound')
    }
  })

  test('3b ClientUser.NameInvalid: no such account, with no mail to anybody', async () => {
    const id = await ready()
    expect(await world().refused(operation, request(id, { UserName: 'nobody1' }))).toBe('ClientUser.NameInvalid')
    expect(await world().refused(operation, generated(id, { UserName: 'nobody1' }))).toBe('ClientUser.NameInvalid')
    expect(world().mail.sent).toEqual([])
  })

  test('ClientUser.NameInvalid: the account was deleted while the new password was being sent or hashed', async () => {
    const id = await ready()
    world().mail.meanwhile = async () => {
      await world().store.write((tx) => createRemoteUsers(tx).deleteUser(id, 'doctest', world().now))
    }
    expect(await world().refused(operation, generated(id))).toBe('ClientUser.NameInvalid')
    expect(await userRow(world(), id)).toBeUndefined()
  })

  test('only the account of that instance is changed, whoever else has its name', async () => {
    const id = await ready()
    const another = await addApp(world())
    await addUser(world(), another)
    await world().call(operation, request(id))
    expect(await userRow(world(), another)).toMatchObject({ password_hash: 'the old hash' })
  })

  test('works for a disabled account, which stays disabled, and in arrears', async () => {
    const id = await addApp(world())
    await addUser(world(), id, 'doctest', { state: 'disabled' })
    await world().fleet.setOverdue(id, world().now)
    expect(await world().call(operation, request(id))).toEqual({})
    expect(await userRow(world(), id)).toMatchObject({ state: 'disabled' })
    expect(await opens(id, Password)).toBe(true)
  })

  test('works for names of before the present rule', async () => {
    const id = await addApp(world())
    await addUser(world(), id, 'ab')
    expect(await world().call(operation, request(id, { UserName: 'ab' }))).toEqual({})
  })
})
