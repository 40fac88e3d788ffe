import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { addVbr } from '../../testing/networks.suite.ts'
import { describeSmartAccessGatewayHa as operation } from './describe-smart-access-gateway-ha.ts'

testOperation(operation, (world) => {
  function shown(SmartAGId: string): Promise<Readonly<Record<string, unknown>>> {
    return world().call(operation, { RegionId: regionId, SmartAGId })
  }

  test('one device alone', async () => {
    const id = await world().addInstance({ haType: 'cold_backup' })
    const serial = await world().addDevice(id)
    expect(await shown(id)).toEqual({
      SmartAGId: id,
      DeviceLevelBackupState: 'OFF',
      DeviceLevelBackupType: 'cold_backup',
      MainDeviceId: serial,
      LinkBackupInfoList: [],
    })
  })

  test('a pair', async () => {
    const id = await world().addInstance({ haType: 'warm_backup' })
    const [active, standby] = [await world().addDevice(id), await world().addDevice(id)]
    expect(await shown(id)).toMatchObject({
      DeviceLevelBackupState: 'ON',
      DeviceLevelBackupType: 'warm_backup',
      MainDeviceId: active,
      BackupDeviceId: standby,
    })
  })

  test('an App has nothing that could be backed up', async () => {
    const id = await world().addInstance({ kind: 'app', haType: 'no_backup' })
    expect(await shown(id)).toMatchObject({ DeviceLevelBackupState: 'OFF', DeviceLevelBackupType: 'no_backup' })
  })

  test('a leased line is backed up by the gateway', async () => {
    const id = await world().addInstance()
    const vbr = await addVbr(world(), { cenId: 'cen-1', instanceId: id })
    const line = {
      LinkLevelBackupState: 'ON',
      LinkLevelBackupType: 'DedicatedLineBackupMode',
      MainLinkId: vbr,
      BackupLinkId: id,
    }
    expect(await shown(id)).toMatchObject({ LinkBackupInfoList: [line] })
  })

  test('SAG.InstanceNoFound: unknown, of another account, or in another region', async () => {
    const foreign = await world().addInstance({ accountId: otherAccountId })
    const elsewhere = await world().addInstance({ regionId: 'cn-hangzhou' })
    for (const SmartAGId of ['sag-none', foreign, elsewhere]) {
      expect(await world().refused(operation, { RegionId: regionId, SmartAGId })).toBe('SAG.InstanceNoFound')
    }
  })

  test('MissingSmartAGId from the front door', async () => {
    expect(await world().refused(operation, { RegionId: regionId })).toBe('MissingSmartAGId')
  })
})
