import { expect, test } from 'vitest'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { clearSagRouteableAddress as operation } from './clear-sag-routeable-address.ts'
import { createServiceAddress } from './create-service-address.ts'
import { listAvailableServiceAddress } from './list-available-service-address.ts'
import { modifySagRemoteAccess } from './modify-sag-remote-access.ts'

testOperation(operation, (world) => {
  test('all addresses of all devices are gone, and the devices are told', async () => {
    const SagId = await world().addInstance()
    const Sn = await world().addDevice(SagId)
    const standby = await world().addDevice(SagId)
    const probe = { RegionId: regionId, SagId, Sn, AddressType: 'ProbeTask', Address: '192.168.1.1' }
    await world().call(createServiceAddress, probe)
    await world().call(modifySagRemoteAccess, {
      SmartAGId: SagId,
      SerialNumber: standby,
      RemoteAccessIp: '192.168.1.2',
    })
    world().told.length = 0
    expect(await world().call(operation, { SagId })).toEqual({})
    expect([...world().told].sort()).toEqual([Sn, standby].sort())
    for (const one of [Sn, standby]) {
      const left = await world().call(listAvailableServiceAddress, { RegionId: regionId, SagId, Sn: one })
      expect(left.Data).toEqual([])
    }
    await world().call(operation, { SagId, RegionId: regionId })
  })

  test('InstanceNotExit for an unknown instance, another account, another region', async () => {
    const mine = await world().addInstance()
    const theirs = await world().addInstance({ accountId: otherAccountId })
    for (const params of [{ SagId: 'sag-nothing' }, { SagId: theirs }, { SagId: mine, RegionId: 'cn-hangzhou' }]) {
      expect(await world().refused(operation, params)).toBe('InstanceNotExit')
    }
  })
})
