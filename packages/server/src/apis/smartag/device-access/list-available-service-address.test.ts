import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { createServiceAddress } from './create-service-address.ts'
import { listAvailableServiceAddress as operation } from './list-available-service-address.ts'
import { modifySagRemoteAccess } from './modify-sag-remote-access.ts'

testOperation(operation, (world) => {
  test('the addresses of one device, all of them or those for one purpose', async () => {
    const SagId = await world().addInstance()
    const Sn = await world().addDevice(SagId)
    const standby = await world().addDevice(SagId)
    const probe = { RegionId: regionId, SagId, AddressType: 'ProbeTask' }
    await world().call(createServiceAddress, { ...probe, Sn, Address: '192.168.1.1' })
    await world().call(createServiceAddress, { ...probe, Sn: standby, Address: '192.168.1.3' })
    await world().call(modifySagRemoteAccess, { SmartAGId: SagId, SerialNumber: Sn, RemoteAccessIp: '192.168.1.2' })
    const params = { RegionId: regionId, SagId, Sn }
    const remote = { Address: '192.168.1.2', AddressType: 'RemoteWeb' }
    expect(await world().call(operation, params)).toEqual({
      Code: '200',
      Message: 'Success',
      Data: [{ Address: '192.168.1.1', AddressType: 'ProbeTask' }, remote],
    })
    expect((await world().call(operation, { ...params, AddressType: 'RemoteWeb' })).Data).toEqual([remote])
  })

  test('InstanceNotExit for an instance or a device that is not there', async () => {
    const SagId = await world().addInstance()
    const Sn = await world().addDevice(SagId)
    const theirs = await world().addInstance({ accountId: otherAccountId })
    for (const other of [{ SagId: 'sag-nothing' }, { SagId: theirs }, { Sn: 'sag1' }]) {
      expect(await world().refused(operation, { RegionId: regionId, SagId, Sn, ...other })).toBe('InstanceNotExit')
    }
  })
})
