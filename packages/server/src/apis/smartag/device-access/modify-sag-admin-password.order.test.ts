import { expect, test } from 'vitest'
import { regionId, testInWorld } from '../../testing/harness.suite.ts'
import { modifySagAdminPassword as operation } from './modify-sag-admin-password.ts'

const password = 'Gateway_2024'

testInWorld('ModifySAGAdminPassword, order of evaluation', (world) => {
  function request(SmartAGId: string, SmartAGSn: string, more: Readonly<Record<string, string>> = {}) {
    return { RegionId: regionId, SmartAGId, SmartAGSn, Password: password, ...more }
  }

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

  // One test for each adjacent pair of rows that can hold at once: the earlier row answers. Rows 4 and 5, and 9 and 10,
  // exclude one another; there the next row that can hold takes the place of the second.
  test('1 comes before 3', async () => {
    expect(await refused({ RegionId: regionId })).toBe('MissingParam.Password')
  })

  test('2 comes before 3', async () => {
    expect(await refused(request('sag-none', 'sag1', { Password: 'short' }))).toBe('IllegalParam.Password')
  })

  test('3 comes before 4', async () => {
    const id = await world().addInstance({ kind: 'app' })
    expect(await refused(request(id, 'sag1', { RegionId: 'cn-hangzhou' }))).toBe('SAG.InstanceNoFound')
  })

  test('3 comes before 8 when both ids are absent', async () => {
    expect(await refused({ RegionId: regionId, Password: password })).toBe('SAG.InstanceNoFound')
  })

  test('4 comes before 6', async () => {
    const id = await world().addInstance({ kind: 'app', state: 'unpaid' })
    expect(await refused(request(id, 'sag1'))).toBe('SAG.SoftwareNotSupport')
  })

  test('5 comes before 6', async () => {
    const id = await world().addInstance({ kind: 'vcpe', state: 'unpaid' })
    expect(await refused(request(id, 'sag1'))).toBe('SAG.SoftwareNotSupportFeature')
  })

  test('6 comes before 7', async () => {
    const id = await world().addInstance({ state: 'received' })
    await world().fleet.setOverdue(id, world().now)
    expect(await refused(request(id, 'sag1'))).toBe('SmartAccessGatewayNotActivated')
  })

  test('7 comes before 8', async () => {
    const { id } = await ready()
    await world().fleet.expire(id, world().now)
    expect(await refused(request(id, 'sag1'))).toBe('SmartAccessGatewayInArrears')
  })

  test('8 comes before 9', async () => {
    const { id, serial } = await ready()
    await world().setDevice(serial, { version: '1.0.0.0' })
    expect(await refused(request(id, 'sag1'))).toBe('InstanceNotExit')
  })

  test('9 comes before 12', async () => {
    const { id, serial } = await ready()
    await world().setDevice(serial, { version: '1.0.0.0', connected: false })
    expect(await refused(request(id, serial))).toBe('FeatureNotSupport')
  })

  test('10 comes before 11', async () => {
    const { id, active, standby } = await pair()
    await world().setDevice(active, { version: '1.0.0.0' })
    await world().setDevice(standby, { version: '1.0.0.0' })
    expect(await refused(request(id, standby))).toBe('FeatureNotSupportForActiveSmartAG')
  })

  test('11 comes before 12', async () => {
    const { id, active, standby } = await pair()
    await world().setDevice(active, { connected: false })
    await world().setDevice(standby, { version: '1.0.0.0', connected: false })
    expect(await refused(request(id, standby))).toBe('FeatureNotSupportForStandBySmartAG')
  })

  test('12 comes before 13', async () => {
    const { id, serial } = await ready()
    await world().setDevice(serial, { connected: false })
    expect(await refused(request(id, serial))).toBe('SmartAccessGatewayOffline')
  })

  test('13 comes before 14', async () => {
    const { id, standby } = await pair()
    await world().setDevice(standby, { connected: false, synStatus: 'Unsynchronized' })
    expect(await refused(request(id, standby))).toBe('SmartAccessGatewayNotOnline')
  })
})
