import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { describeSagRemoteAccess as operation } from './describe-sag-remote-access.ts'
import { modifySagRemoteAccess } from './modify-sag-remote-access.ts'

testOperation(operation, (world) => {
  test('every device of the instance with its address, or only the named one', async () => {
    const SmartAGId = await world().addInstance()
    const active = await world().addDevice(SmartAGId)
    const standby = await world().addDevice(SmartAGId)
    const RemoteAccessIp = '10.10.10.2'
    await world().call(modifySagRemoteAccess, { SmartAGId, SerialNumber: standby, RemoteAccessIp })
    expect(await world().call(operation, { RegionId: regionId, SmartAGId })).toEqual({
      SmartAGId,
      RemoteAccesses: [
        { RemoteAccessIp: '', SerialNumber: active },
        { RemoteAccessIp, SerialNumber: standby },
      ],
      Message: 'successful',
      Success: true,
      Code: '200',
    })
    const only = await world().call(operation, { RegionId: regionId, SmartAGId, SerialNumber: standby })
    expect(only.RemoteAccesses).toEqual([{ RemoteAccessIp, SerialNumber: standby }])
  })

  test('nothing for an instance without devices', async () => {
    const SmartAGId = await world().addInstance({ kind: 'app' })
    expect((await world().call(operation, { RegionId: regionId, SmartAGId })).RemoteAccesses).toEqual([])
  })

  test('InstanceNotExit without an id, for an unknown one, another account, another region', async () => {
    const mine = await world().addInstance({ regionId: 'cn-hangzhou' })
    const theirs = await world().addInstance({ accountId: otherAccountId })
    for (const SmartAGId of ['', 'sag-nothing', mine, theirs]) {
      expect(await world().refused(operation, { RegionId: regionId, SmartAGId })).toBe('InstanceNotExit')
    }
  })

  test('InvalidId.SN for a device that is not one of the instance', async () => {
    const SmartAGId = await world().addInstance()
    const SerialNumber = await world().addDevice(await world().addInstance())
    expect(await world().refused(operation, { RegionId: regionId, SmartAGId, SerialNumber })).toBe('InvalidId.SN')
  })
})
