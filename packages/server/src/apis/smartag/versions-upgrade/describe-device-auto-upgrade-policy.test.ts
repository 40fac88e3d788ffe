import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeDeviceAutoUpgradePolicy as operation } from './describe-device-auto-upgrade-policy.ts'

testOperation(operation, (world) => {
  const request = (SmartAGId: string, SerialNumber: string) => ({ RegionId: regionId, SmartAGId, SerialNumber })

  test('a device nobody has said anything about never upgrades by itself', async () => {
    const id = await world().addInstance()
    const serial = await world().addDevice(id)
    const answer = await world().call(operation, request(id, serial))
    expect(answer).toEqual({ SmartAGId: id, SerialNumber: serial, UpgradeType: 'manual' })
  })

  test('SAG.InvalidSerialNumber: not a device of the instance', async () => {
    const id = await world().addInstance()
    expect(await world().refused(operation, request(id, 'sag1'))).toBe('SAG.InvalidSerialNumber')
  })

  test('SAG.InstanceNoFound: unknown, or of another account', async () => {
    const foreign = await world().addInstance({ accountId: otherAccountId })
    for (const id of ['sag-none', foreign]) {
      expect(await world().refused(operation, request(id, 'sag1'))).toBe('SAG.InstanceNoFound')
    }
  })
})
