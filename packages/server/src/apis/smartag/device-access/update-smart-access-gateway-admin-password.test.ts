import { expect, test } from 'vitest'
import { accountId, day, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addCcn, grant, putInto } from '../../testing/networks.suite.ts'
import { updateSmartAccessGatewayAdminPassword as operation } from './update-smart-access-gateway-admin-password.ts'

const password = 'Gateway_2024'
const box = { model: 'SCG5000', version: '3.4.2.0' } as const

testOperation(operation, (world) => {
  function request(SagInsId: string, SagSn: string, more: Readonly<Record<string, string>> = {}) {
    return { RegionId: regionId, SagInsId, SagSn, Password: password, ...more }
  }

  async function ready(owner = accountId): Promise<{ id: string; serial: string }> {
    const id = await world().addInstance({ accountId: owner })
    return { id, serial: await world().addDevice(id, box) }
  }

  function refused(params: Readonly<Record<string, string>>): Promise<string> {
    return world().refused(operation, params)
  }

  test('the named device is asked to take the password, and proves it', async () => {
    const { id, serial } = await ready()
    expect(await world().call(operation, request(id, serial))).toEqual({
      Code: '200',
      Success: true,
      Message: 'Successful',
    })
    const [asked] = world().passwords.requests
    expect(asked).toMatchObject({ device: { serial }, accountId, principal: `acs:ram::${accountId}:root` })
    expect(asked?.password.reveal()).toBe(password)
  })

  test('SCG5000-5G can, and arrears and an unsynchronised configuration are no hindrance', async () => {
    const { id, serial } = await ready()
    const second = await world().addDevice(id, { model: 'SCG5000-5G', version: '3.5.0.0' })
    await world().setDevice(serial, { synStatus: 'Unsynchronized' })
    await world().fleet.expire(id, world().now)
    world().now += day
    for (const one of [serial, second]) {
      expect(await world().call(operation, request(id, one))).toMatchObject({ Code: '200' })
    }
  })

  test("another account's instance keeps its password, also when it was granted to a CCN of the caller", async () => {
    const { id, serial } = await ready(otherAccountId)
    const ccn = await addCcn(world())
    await grant(world(), id, ccn)
    await putInto(world(), id, ccn)
    const cross = { CrossAccount: 'true', ResourceUid: otherAccountId }
    for (const given of [{}, cross, { ...cross, CrossAccount: 'false' }]) {
      expect(await refused(request(id, serial, given))).toBe('SAG.InstanceNoFound')
    }
    expect(world().passwords.requests).toEqual([])
  })

  test('CrossAccount in a session of a role of the owner sets the password', async () => {
    const { id, serial } = await ready(otherAccountId)
    const role = { roleId: '3', roleName: 'service', sessionName: 'shift' } as const
    world().caller = { kind: 'AssumedRole', accountId: otherAccountId, accessKeyId: 'STS.k', ...role }
    const cross = { CrossAccount: 'true', ResourceUid: otherAccountId }
    expect(await world().call(operation, request(id, serial, cross))).toMatchObject({ Success: true })
  })

  test("CrossAccount with the caller's own account is no hindrance", async () => {
    const { id, serial } = await ready()
    const own = { CrossAccount: 'true', ResourceUid: accountId }
    expect(await world().call(operation, request(id, serial, own))).toMatchObject({ Success: true })
  })

  test('ResourceInOperating: too many changes are before it', async () => {
    const { id, serial } = await ready()
    world().passwords.outcome = 'busy'
    expect(await refused(request(id, serial))).toBe('ResourceInOperating')
  })

  test('what a reached device could not apply is no success', async () => {
    const { id, serial } = await ready()
    world().passwords.outcome = 'refused'
    await expect(world().call(operation, request(id, serial))).rejects.toThrow(/could not apply/)
  })

  test('1 MissParameter.GatewayId: absent or blank; before 2', async () => {
    expect(await refused({ RegionId: regionId, SagSn: 'sag1' })).toBe('MissParameter.GatewayId')
    expect(await refused(request(' ', 'sag1'))).toBe('MissParameter.GatewayId')
  })

  test('2 MissParameter.Password: absent or blank; before 4', async () => {
    expect(await refused({ RegionId: regionId, SagInsId: 'sag-none' })).toBe('MissParameter.Password')
    expect(await refused(request('sag-none', 'sag1', { Password: '' }))).toBe('MissParameter.Password')
  })

  test.each(['short', 'a'.repeat(31), 'Gateway*2024', '网关密码网关密码'])(
    '3 InvalidParameter.Password before 4: %s',
    async (Password) => {
      expect(await refused(request('sag-none', 'sag1', { Password }))).toBe('InvalidParameter.Password')
    },
  )

  test('4 SAG.InstanceNoFound: unknown, elsewhere, another account’s, not the named account’s; before 5', async () => {
    const app = await world().addInstance({ kind: 'app', accountId: otherAccountId })
    const { id, serial } = await ready(otherAccountId)
    const cross = { CrossAccount: 'true', ResourceUid: otherAccountId }
    await grant(world(), id, await addCcn(world(), { accountId: otherAccountId }))
    for (const params of [
      request('sag-none', serial),
      request(id, serial),
      request(id, serial, cross),
      request(id, serial, { CrossAccount: 'true' }),
      request(id, serial, { ...cross, ResourceUid: accountId }),
      request(id, serial, { RegionId: 'cn-hangzhou' }),
      request(app, serial),
    ]) {
      expect(await refused(params)).toBe('SAG.InstanceNoFound')
    }
  })

  test('5 SAG.SoftwareNotSupport: an App; before 6', async () => {
    const id = await world().addInstance({ kind: 'app', state: 'unpaid' })
    expect(await refused(request(id, 'sag1'))).toBe('SAG.SoftwareNotSupport')
  })

  test.each(['unpaid', 'ordered', 'delivered', 'received'] as const)(
    '6 SmartAccessGatewayNotActivated: %s; before 7',
    async (state) => {
      const id = await world().addInstance({ state })
      expect(await refused(request(id, 'sag-unknown'))).toBe('SmartAccessGatewayNotActivated')
    },
  )

  test('7 GATEWAY.InvalidSN: absent, blank, or a serial nobody has; before 8', async () => {
    const { id } = await ready()
    for (const serial of ['', 'sag-unknown', '*']) expect(await refused(request(id, serial))).toBe('GATEWAY.InvalidSN')
    expect(await refused({ RegionId: regionId, SagInsId: id, Password: password })).toBe('GATEWAY.InvalidSN')
  })

  test('8 DeviceNotExist: in the inventory, or of another instance; before 9', async () => {
    const { id } = await ready()
    const free = await world().addDevice(undefined, { model: 'sag-1000' })
    expect(await refused(request(id, free))).toBe('DeviceNotExist')
    expect(await refused(request(id, (await ready()).serial))).toBe('DeviceNotExist')
  })

  test.each(['sag-1000', 'sag-100wm', 'sag-vcpe'] as const)(
    '9 InvalidSpec.FeatureNotSupport: %s; before 10',
    async (model) => {
      const { id } = await ready()
      const serial = await world().addDevice(id, { model, version: '3.4.1.9', connected: false })
      expect(await refused(request(id, serial))).toBe('InvalidSpec.FeatureNotSupport')
    },
  )

  test('10 FeatureNotSupport: below 3.4.2; before 11', async () => {
    const { id, serial } = await ready()
    await world().setDevice(serial, { version: '3.4.1.9', connected: false })
    expect(await refused(request(id, serial))).toBe('FeatureNotSupport')
  })

  test('11 SmartAccessGatewayNotOnline: not connected, restarting, locked, or it does not answer', async () => {
    const { id, serial } = await ready()
    world().passwords.outcome = 'unreachable'
    expect(await refused(request(id, serial))).toBe('SmartAccessGatewayNotOnline')
    world().passwords.outcome = 'accepted'
    for (const facts of [{ restarting_since: 1 }, { restarting_since: null, locked_since: 1 }]) {
      await world().store.write((tx) => tx.updateTable('device').set(facts).where('serial', '=', serial).execute())
      expect(await refused(request(id, serial))).toBe('SmartAccessGatewayNotOnline')
    }
    await world().fleet.unlock(id, world().now)
    expect(await world().call(operation, request(id, serial))).toMatchObject({ Code: '200' })
    await world().setDevice(serial, { connected: false })
    expect(await refused(request(id, serial))).toBe('SmartAccessGatewayNotOnline')
    expect(world().passwords.requests).toHaveLength(2)
  })
})
