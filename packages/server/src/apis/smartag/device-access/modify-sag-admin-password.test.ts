import { type ConfigStatus, Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { saveConfigStatus } from '../../../store/gateways/configurations.ts'
import { day, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { modifySagAdminPassword as operation } from './modify-sag-admin-password.ts'
import { modifySagRemoteAccess } from './modify-sag-remote-access.ts'

const password = 'Gateway_2024'

testOperation(operation, (world) => {
  function request(SmartAGId: string, SmartAGSn: string, more: Readonly<Record<string, string>> = {}) {
    return { RegionId: regionId, SmartAGId, SmartAGSn, Password: password, ...more }
  }

  /** Activated, one capable device, connected and synchronized: nothing stands in the way. */
  async function ready(): Promise<{ id: string; serial: string }> {
    const id = await world().addInstance()
    return { id, serial: await world().addDevice(id) }
  }

  async function pair(): Promise<{ id: string; active: string; standby: string }> {
    const id = await world().addInstance()
    return { id, active: await world().addDevice(id), standby: await world().addDevice(id) }
  }

  function refused(params: Readonly<Record<string, string>>): Promise<string> {
    return world().refused(operation, params)
  }

  test('succeeds once the gateway proved the new password', async () => {
    const { id, serial } = await ready()
    expect(await world().call(operation, request(id, serial))).toEqual({})
    const [asked] = world().passwords.requests
    expect(asked).toMatchObject({
      device: { serial },
      accountId: '1210123456123456',
      principal: 'acs:ram::1210123456123456:root',
    })
    expect(asked?.password).toBeInstanceOf(Secret)
    expect(asked?.password.reveal()).toBe(password)
  })

  test('changes the named device of a pair only', async () => {
    const { id, standby } = await pair()
    await world().call(operation, request(id, standby))
    expect(world().passwords.requests.map(({ device }) => device.serial)).toEqual([standby])
  })

  test('asks no gateway when anything stands in the way', async () => {
    const { id, serial } = await ready()
    await world().setDevice(serial, { synStatus: 'Unsynchronized' })
    await refused(request(id, serial))
    expect(world().passwords.requests).toEqual([])
  })

  test('ConfigUnsynchronized: it gave the newest configuration up; on trial, or on its way, is no reason', async () => {
    const { id, serial } = await ready()
    const mark = { instanceId: id, revision: 1 }
    const say = (status: ConfigStatus): Promise<void> =>
      world().store.write((tx) => saveConfigStatus(tx, serial, status, 0))
    await say({ reverted: { ...mark, reason: 'unconfirmed' } })
    expect(await refused(request(id, serial))).toBe('ConfigUnsynchronized')
    for (const status of [{ applied: mark, trial: 1 }, {}]) {
      await say(status)
      expect(await world().call(operation, request(id, serial))).toEqual({})
    }
  })

  test('MissingRegionId from the front door', async () => {
    const { id, serial } = await ready()
    expect(await refused({ SmartAGId: id, SmartAGSn: serial, Password: password })).toBe('MissingRegionId')
  })

  test.each([
    ['absent', undefined],
    ['empty', ''],
    ['blank', '         '],
  ])('1 MissingParam.Password: %s', async (_, value) => {
    const { id, serial } = await ready()
    const { Password: _password, ...rest } = request(id, serial)
    const params = value === undefined ? rest : { ...rest, Password: value }
    expect(await refused(params)).toBe('MissingParam.Password')
  })

  test.each(['short_7', 'x'.repeat(31), 'star*inside', 'with space', 'Ünïcode_word', 'hyphen-word', 'line_end\n'])(
    '2 IllegalParam.Password: %j',
    async (Password) => {
      const { id, serial } = await ready()
      expect(await refused(request(id, serial, { Password }))).toBe('IllegalParam.Password')
    },
  )

  test.each(['12345678', 'x'.repeat(30), '________'])('accepts the password %j', async (Password) => {
    const { id, serial } = await ready()
    expect(await world().call(operation, request(id, serial, { Password }))).toEqual({})
  })

  test.each(['sag-000000000000000000', 'nonsense', ' ', ''])('3 SAG.InstanceNoFound: id %j', async (id) => {
    expect(await refused(request(id, 'sag1'))).toBe('SAG.InstanceNoFound')
  })

  test('3 SAG.InstanceNoFound: absent id, another region, another account', async () => {
    const { id, serial } = await ready()
    const { SmartAGId: _id, ...rest } = request(id, serial)
    expect(await refused(rest)).toBe('SAG.InstanceNoFound')
    expect(await refused(request(id, serial, { RegionId: 'cn-hangzhou' }))).toBe('SAG.InstanceNoFound')
    const foreign = await world().addInstance({ accountId: otherAccountId })
    expect(await refused(request(foreign, serial))).toBe('SAG.InstanceNoFound')
  })

  test('4 SAG.SoftwareNotSupport: an App', async () => {
    const id = await world().addInstance({ kind: 'app' })
    expect(await refused(request(id, 'sag1'))).toBe('SAG.SoftwareNotSupport')
  })

  test('5 SAG.SoftwareNotSupportFeature: a vCPE', async () => {
    const id = await world().addInstance({ kind: 'vcpe' })
    const serial = await world().addDevice(id, { model: 'sag-vcpe' })
    expect(await refused(request(id, serial))).toBe('SAG.SoftwareNotSupportFeature')
  })

  test.each(['unpaid', 'ordered', 'delivered', 'received'] as const)(
    '6 SmartAccessGatewayNotActivated: %s',
    async (state) => {
      const id = await world().addInstance({ state })
      const serial = await world().addDevice(id)
      expect(await refused(request(id, serial))).toBe('SmartAccessGatewayNotActivated')
    },
  )

  test('6 is over by itself 15 days after arrival', async () => {
    const id = await world().addInstance({ state: 'received' })
    const serial = await world().addDevice(id)
    world().now += 15 * day - 1
    expect(await refused(request(id, serial))).toBe('SmartAccessGatewayNotActivated')
    world().now += 1
    expect(await world().call(operation, request(id, serial))).toEqual({})
  })

  test('7 SmartAccessGatewayInArrears: the subscription ended, until it is renewed', async () => {
    const id = await world().addInstance({ periodMonths: 1 })
    const serial = await world().addDevice(id)
    world().now = Date.UTC(2024, 1, 29, 12) - 1
    expect(await world().call(operation, request(id, serial))).toEqual({})
    world().now += 1
    expect(await refused(request(id, serial))).toBe('SmartAccessGatewayInArrears')
    expect(await world().fleet.renew(id, 1, world().now)).toBe('done')
    expect(await world().call(operation, request(id, serial))).toEqual({})
  })

  test('7 SmartAccessGatewayInArrears: a bill is overdue', async () => {
    const { id, serial } = await ready()
    await world().fleet.setOverdue(id, world().now)
    expect(await refused(request(id, serial))).toBe('SmartAccessGatewayInArrears')
  })

  test.each([
    ['unknown', 'sag99999999'],
    ['blank', ' '],
    ['empty', ''],
  ])('8 InstanceNotExit: serial number %s', async (_, serial) => {
    const { id } = await ready()
    expect(await refused(request(id, serial))).toBe('InstanceNotExit')
  })

  test('8 InstanceNotExit: serial number absent, free, or of another instance', async () => {
    const { id } = await ready()
    const { SmartAGSn: _serial, ...rest } = request(id, '')
    expect(await refused(rest)).toBe('InstanceNotExit')
    expect(await refused(request(id, await world().addDevice()))).toBe('InstanceNotExit')
    expect(await refused(request(id, (await ready()).serial))).toBe('InstanceNotExit')
  })

  test.each([
    ['SCG5000', '3.4.2.0'],
    ['SCG5000-5G', '3.5.0.0'],
    ['sag-1000', '1.9.9.9'],
    ['sag-100wm', '1.10.0.0'],
  ] as const)('9 FeatureNotSupport: a single %s at %s', async (model, version) => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id, { model, version })
    expect(await refused(request(id, serial))).toBe('FeatureNotSupport')
  })

  test.each([
    ['sag-1000', '2.0.0.0'],
    ['sag-100wm', '10.0.0.0'],
  ] as const)('a single %s at %s can', async (model, version) => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id, { model, version })
    expect(await world().call(operation, request(id, serial))).toEqual({})
  })

  test('10 FeatureNotSupportForActiveSmartAG: whichever device is named', async () => {
    const { id, active, standby } = await pair()
    await world().setDevice(active, { version: '1.8.0.0' })
    expect(await refused(request(id, active))).toBe('FeatureNotSupportForActiveSmartAG')
    expect(await refused(request(id, standby))).toBe('FeatureNotSupportForActiveSmartAG')
  })

  test('11 FeatureNotSupportForStandBySmartAG: whichever device is named', async () => {
    const { id, active, standby } = await pair()
    await world().setDevice(standby, { version: '1.8.0.0' })
    expect(await refused(request(id, active))).toBe('FeatureNotSupportForStandBySmartAG')
    expect(await refused(request(id, standby))).toBe('FeatureNotSupportForStandBySmartAG')
  })

  test('12 SmartAccessGatewayOffline: no device of the instance is connected', async () => {
    const { id, active, standby } = await pair()
    await world().setDevice(active, { connected: false })
    await world().setDevice(standby, { connected: false })
    expect(await refused(request(id, active))).toBe('SmartAccessGatewayOffline')
  })

  test('13 SmartAccessGatewayNotOnline: the named device is not, the other is', async () => {
    const { id, active, standby } = await pair()
    await world().setDevice(standby, { connected: false })
    expect(await refused(request(id, standby))).toBe('SmartAccessGatewayNotOnline')
    expect(await world().call(operation, request(id, active))).toEqual({})
  })

  test.each(['Unsynchronized', 'Synchronizing'] as const)('14 ConfigUnsynchronized: %s', async (synStatus) => {
    const { id, serial } = await ready()
    await world().setDevice(serial, { synStatus })
    expect(await refused(request(id, serial))).toBe('ConfigUnsynchronized')
  })

  test('a configuration that is still on its way does not stand in the way', async () => {
    const { id, serial } = await ready()
    const changed = { SmartAGId: id, SerialNumber: serial, RemoteAccessIp: '10.10.10.2' }
    await world().call(modifySagRemoteAccess, changed)
    expect(await world().call(operation, request(id, serial))).toEqual({})
  })

  test('a missing proof is SmartAccessGatewayOffline on a single device', async () => {
    const { id, serial } = await ready()
    world().passwords.outcome = 'unreachable'
    expect(await refused(request(id, serial))).toBe('SmartAccessGatewayOffline')
  })

  test('a missing proof is SmartAccessGatewayNotOnline while the other device is connected', async () => {
    const { id, active, standby } = await pair()
    world().passwords.outcome = 'unreachable'
    expect(await refused(request(id, active))).toBe('SmartAccessGatewayNotOnline')
    world().passwords.meanwhile = () => world().setDevice(standby, { connected: false })
    expect(await refused(request(id, active))).toBe('SmartAccessGatewayOffline')
  })

  test('ResourceInOperating: too many changes are before it', async () => {
    const { id, serial } = await ready()
    world().passwords.outcome = 'busy'
    expect(await refused(request(id, serial))).toBe('ResourceInOperating')
  })

  test('a gateway that could not apply it is a defect, never success and never a code of the table', async () => {
    const { id, serial } = await ready()
    world().passwords.outcome = 'refused'
    const error = await world()
      .call(operation, request(id, serial))
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Error)
    expect((error as Error).name).toBe('Error')
  })
})
