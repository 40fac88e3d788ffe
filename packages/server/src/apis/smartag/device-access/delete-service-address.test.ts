import { expect, test } from 'vitest'
import { type Harness, otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { createServiceAddress } from './create-service-address.ts'
import { deleteServiceAddress as operation } from './delete-service-address.ts'
import { listAvailableServiceAddress } from './list-available-service-address.ts'
import { modifySagRemoteAccess } from './modify-sag-remote-access.ts'

/** A device with one address for its probes. */
async function withAddress(world: Harness): Promise<Readonly<Record<string, string>>> {
  const SagId = await world.addInstance()
  const Sn = await world.addDevice(SagId)
  const params = { RegionId: regionId, SagId, Sn, AddressType: 'ProbeTask', Address: '192.168.1.1' }
  await world.call(createServiceAddress, params)
  world.told.length = 0
  return params
}

testOperation(operation, (world) => {
  test('the device has that address no more, and keeps the others', async () => {
    const params = await withAddress(world())
    await world().call(createServiceAddress, { ...params, Address: '192.168.1.2' })
    expect(await world().call(operation, params)).toEqual({ Code: '200', Message: 'successful' })
    expect(world().told).toEqual([params.Sn, params.Sn])
    const { Address: _gone, ...device } = params
    expect((await world().call(listAvailableServiceAddress, device)).Data).toEqual([
      { Address: '192.168.1.2', AddressType: 'ProbeTask' },
    ])
  })

  test('InstanceNotExit for an instance, a device or an address that is not there', async () => {
    const params = await withAddress(world())
    const theirs = await world().addInstance({ accountId: otherAccountId })
    for (const other of [{ SagId: 'sag-nothing' }, { SagId: theirs }, { Sn: 'sag1' }, { Address: '192.168.1.9' }]) {
      expect(await world().refused(operation, { ...params, ...other })).toBe('InstanceNotExit')
    }
  })

  test('ServiceAddressOperationDenied in arrears', async () => {
    const params = await withAddress(world())
    await world().fleet.setOverdue(params.SagId ?? '', world().now)
    expect(await world().refused(operation, params)).toBe('ServiceAddressOperationDenied')
  })

  test('ServiceAddressInUse for the address of remote logon', async () => {
    const { SagId = '', Sn = '', ...params } = await withAddress(world())
    const Address = '192.168.1.2'
    await world().call(modifySagRemoteAccess, { SmartAGId: SagId, SerialNumber: Sn, RemoteAccessIp: Address })
    const remote = { ...params, SagId, Sn, Address, AddressType: 'RemoteWeb' }
    expect(await world().refused(operation, remote)).toBe('ServiceAddressInUse')
  })
})
