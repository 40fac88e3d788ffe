import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { change, ip } from '../../testing/networks.suite.ts'
import { addApp, addUser } from '../../testing/remote-users.suite.ts'
import { roamClientUser as operation } from './roam-client-user.ts'

const elsewhere = 'ap-southeast-1'

testOperation(operation, (world) => {
  function request(origin: string, target: string, UserName = 'anna-roams'): Readonly<Record<string, string>> {
    return {
      OriginRegionId: elsewhere,
      OriginSmartAGId: origin,
      RegionId: regionId,
      TargetSmartAGId: target,
      UserName,
    }
  }

  function refused(origin: string, target: string, userName?: string): Promise<string> {
    return world().refused(operation, request(origin, target, userName))
  }

  async function apart(user: { readonly client_ip?: number } = {}): Promise<readonly [origin: string, target: string]> {
    const origin = await addApp(world(), { regionId: elsewhere, pool: '10.1.0.0/24' })
    await addUser(world(), origin, 'anna-roams', { password_hash: 'the hash', ...user })
    return [origin, await addApp(world(), { pool: '10.2.0.0/24' })]
  }

  test('the account is there too, with mail, bandwidth and password, and stays where it was', async () => {
    const [origin, target] = await apart()
    world().now += 1000
    expect(await world().call(operation, request(origin, target))).toEqual({})
    const [before, copy, hash] = await change(world(), async ({ remoteUsers }) => [
      await remoteUsers.user(origin, 'anna-roams'),
      await remoteUsers.user(target, 'anna-roams'),
      await remoteUsers.passwordHash(target, 'anna-roams'),
    ])
    expect(copy).toEqual({ ...before, instanceId: target, createdAt: world().now })
    expect(hash).toBe('the hash')
  })

  test('a disabled account arrives disabled, and its traffic stays behind', async () => {
    const [origin, target] = await apart()
    await change(world(), ({ remoteUsers }) => remoteUsers.editUser(origin, 'anna-roams', { state: 'disabled' }))
    await world().store.write(async (tx) => {
      await tx.updateTable('client_user').set({ traffic_bytes: 7, traffic_month: 202401 }).execute()
    })
    await world().call(operation, request(origin, target))
    const copy = await change(world(), ({ remoteUsers }) => remoteUsers.user(target, 'anna-roams'))
    expect(copy).toMatchObject({ state: 'disabled', trafficBytes: 0, trafficMonth: 0 })
  })

  test('both instances are peers for as long as the copy is there', async () => {
    const [origin, target] = await apart()
    const peers = async (): Promise<unknown> =>
      change(world(), async ({ remoteUsers }) => [
        await remoteUsers.roamingPeers(origin),
        await remoteUsers.roamingPeers(target),
      ])
    expect(await peers()).toEqual([[], []])
    await world().call(operation, request(origin, target))
    expect(await peers()).toEqual([[target], [origin]])
    await change(world(), ({ remoteUsers }) => remoteUsers.deleteUser(target, 'anna-roams', world().now))
    expect(await peers()).toEqual([[], []])
  })

  test('SAG.InstanceNoFound: either is unknown, of another account, or in another region', async () => {
    const [origin, target] = await apart()
    const foreign = await addApp(world(), { accountId: otherAccountId, pool: '10.3.0.0/24' })
    for (const [from, to] of [
      ['sag-none', target],
      [origin, 'sag-none'],
      [origin, foreign],
      [target, origin],
    ] as const) {
      expect(await refused(from, to)).toBe('SAG.InstanceNoFound')
    }
  })

  test('ClientUser.NotSupportAction: either is no SAG APP', async () => {
    const [origin, target] = await apart()
    expect(await refused(origin, await world().addInstance())).toBe('ClientUser.NotSupportAction')
    expect(await refused(await world().addInstance({ regionId: elsewhere }), target)).toBe(
      'ClientUser.NotSupportAction',
    )
  })

  test('ClientUser.NameInvalid: of a form no account has, before the instances; or not there, after them', async () => {
    const [origin, target] = await apart()
    expect(await refused('sag-none', 'sag-none', 'a!')).toBe('ClientUser.NameInvalid')
    expect(await refused(origin, target, 'nobody')).toBe('ClientUser.NameInvalid')
  })

  test('SAG.CidrEmpty: either has no pool', async () => {
    const [origin, target] = await apart()
    expect(await refused(origin, await addApp(world(), { pool: '' }))).toBe('SAG.CidrEmpty')
    const poolless = await addApp(world(), { regionId: elsewhere, pool: '' })
    await addUser(world(), poolless, 'anna-roams')
    expect(await refused(poolless, target)).toBe('SAG.CidrEmpty')
  })

  test('SAG.CidrOverlap: a block of one lies in one of the other; an instance and itself', async () => {
    const [origin] = await apart()
    expect(await refused(origin, await addApp(world(), { pool: '10.5.0.0/24,10.1.0.0/16' }))).toBe('SAG.CidrOverlap')
    const self = { ...request(origin, origin), RegionId: elsewhere }
    expect(await world().refused(operation, self)).toBe('SAG.CidrOverlap')
  })

  test('ClientUser.InvalidClientIp: the account has a fixed address', async () => {
    expect(await refused(...(await apart({ client_ip: ip('10.1.0.9') })))).toBe('ClientUser.InvalidClientIp')
  })

  test('ClientUser.UserExist: the target has an account of that name', async () => {
    const [origin, target] = await apart()
    await addUser(world(), target, 'anna-roams')
    expect(await refused(origin, target)).toBe('ClientUser.UserExist')
    await world().store.write(async (tx) => {
      await tx.updateTable('instance').set({ user_count: 1 }).where('id', '=', target).execute()
    })
    expect(await refused(origin, target)).toBe('ClientUser.UserExist')
  })

  test('ClientUser.UserOverLimit: the target has all the accounts it can have', async () => {
    const [origin, target] = await apart()
    for (let number = 1; number <= 5; number += 1) await addUser(world(), target, `user-${number}`)
    expect(await refused(origin, target)).toBe('ClientUser.UserOverLimit')
  })
})
