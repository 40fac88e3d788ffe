import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeDeviceAutoUpgradePolicy } from './describe-device-auto-upgrade-policy.ts'
import { modifyDeviceAutoUpgradePolicy as operation } from './modify-device-auto-upgrade-policy.ts'

testOperation(operation, (world) => {
  const request = (SmartAGId: string, SerialNumber: string, more: Readonly<Record<string, string>> = {}) => ({
    RegionId: regionId,
    SmartAGId,
    SerialNumber,
    UpgradeType: 'scheduled',
    ...more,
  })
  const shown = (SmartAGId: string, SerialNumber: string, more = {}) =>
    world().call(describeDeviceAutoUpgradePolicy, { RegionId: regionId, SmartAGId, SerialNumber, ...more })

  async function device() {
    const id = await world().addInstance()
    return { id, serial: await world().addDevice(id) }
  }

  test('a schedule is what was said, the rest that of every night; another type has none', async () => {
    const { id, serial } = await device()
    await world().call(operation, request(id, serial))
    const night = { CronExpression: '0 0 4 1/1 * ?', Duration: '60', TimeZone: 'Asia/Shanghai', Jitter: '5' }
    expect(await shown(id, serial)).toMatchObject({ UpgradeType: 'scheduled', ...night })
    const more = { CronExpression: '0 30 1 ? * SUN', Duration: '120', TimeZone: 'Europe/Berlin' }
    await world().call(operation, request(id, serial, more))
    expect(await shown(id, serial)).toMatchObject(more)
    await world().call(operation, request(id, serial, { UpgradeType: 'boot' }))
    const answer = await shown(id, serial)
    expect(answer).toEqual({ SmartAGId: id, SerialNumber: serial, UpgradeType: 'boot' })
  })

  test('each kind of versions has its own, and a device of the pair its own', async () => {
    const { id, serial } = await device()
    const standby = await world().addDevice(id)
    await world().call(operation, request(id, serial, { VersionType: 'Dpi', UpgradeType: 'boot' }))
    expect(await shown(id, serial, { VersionType: 'Dpi' })).toMatchObject({ UpgradeType: 'boot' })
    expect(await shown(id, serial)).toMatchObject({ UpgradeType: 'manual' })
    expect(await shown(id, standby, { VersionType: 'Dpi' })).toMatchObject({ UpgradeType: 'manual' })
  })

  test('a device that is unbound has none any more', async () => {
    const { id, serial } = await device()
    await world().call(operation, request(id, serial))
    await world().fleet.unbind(serial)
    await world().fleet.bind(serial, id, 'active', world().now)
    expect(await shown(id, serial)).toMatchObject({ UpgradeType: 'manual' })
  })

  test.each([
    { CronExpression: 'every night' },
    { CronExpression: '0 0 4 * * *' },
    { CronExpression: '0 0 24 * * ?' },
    { Duration: '29' },
    { Duration: '121' },
    { TimeZone: 'Mars/Olympus' },
    { UpgradeType: 'sometimes' },
  ])('%j is refused, and nothing changes', async (wrong) => {
    const { id, serial } = await device()
    expect(await world().refused(operation, request(id, serial, wrong))).toBe(`Invalid${Object.keys(wrong)[0]}`)
    expect(await shown(id, serial)).toMatchObject({ UpgradeType: 'manual' })
  })

  test('SAG.InstanceIdEmpty: left out or blank', async () => {
    expect(await world().refused(operation, request('', 'sag1'))).toBe('SAG.InstanceIdEmpty')
  })

  test('SAG.InvalidSerialNumber: left out, or not a device of the instance', async () => {
    const { id } = await device()
    const elsewhere = (await device()).serial
    for (const serial of ['', 'sag1', elsewhere]) {
      expect(await world().refused(operation, request(id, serial))).toBe('SAG.InvalidSerialNumber')
    }
  })

  test('SAG.InstanceNoFound: unknown, or of another account', async () => {
    const foreign = await world().addInstance({ accountId: otherAccountId })
    const serial = await world().addDevice(foreign)
    for (const id of ['sag-none', foreign]) {
      expect(await world().refused(operation, request(id, serial))).toBe('SAG.InstanceNoFound')
    }
  })
})
