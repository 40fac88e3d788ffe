import { expect, test } from 'vitest'
import { findDesiredConfig } from '../../../store/gateways/configurations.ts'
import { otherAccountId, regionId, testOperation } from '../../testing/harness.suite.ts'
import { createServiceAddress as operation } from './create-service-address.ts'
import { listAvailableServiceAddress } from './list-available-service-address.ts'
import { modifySagRemoteAccess } from './modify-sag-remote-access.ts'

const wanted = { RegionId: regionId, AddressType: 'ProbeTask', Address: '192.168.1.1' }

testOperation(operation, (world) => {
  test('the device has the address, and is told of it', async () => {
    const SagId = await world().addInstance()
    const Sn = await world().addDevice(SagId)
    expect(await world().call(operation, { ...wanted, SagId, Sn })).toEqual({ Code: '200', Message: 'successful' })
    expect(world().told).toEqual([Sn])
    const desired = await world().store.read((db) => findDesiredConfig(db, Sn))
    expect(desired?.config.own[Sn]).toEqual({ probeAddresses: ['192.168.1.1'] })
  })

  test('works while the device is away', async () => {
    const SagId = await world().addInstance()
    const Sn = await world().addDevice(SagId, { connected: false })
    await world().call(operation, { ...wanted, SagId, Sn })
    expect((await world().call(listAvailableServiceAddress, { RegionId: regionId, SagId, Sn })).Data).toEqual([
      { Address: '192.168.1.1', AddressType: 'ProbeTask' },
    ])
  })

  test('InstanceNotExit for an instance or a device that is not there', async () => {
    const SagId = await world().addInstance()
    const Sn = await world().addDevice(SagId)
    const theirs = await world().addInstance({ accountId: otherAccountId })
    const app = await world().addInstance({ kind: 'app' })
    const attempts = [
      { SagId: 'sag-nothing', Sn },
      { SagId: theirs, Sn },
      { SagId: app, Sn },
      { SagId, Sn: 'sag-other' },
    ]
    for (const attempt of attempts) {
      expect(await world().refused(operation, { ...wanted, ...attempt })).toBe('InstanceNotExit')
    }
  })

  test('ServiceAddressOperationDenied for remote logon, before activation, in arrears and beyond the limit', async () => {
    const SagId = await world().addInstance()
    const Sn = await world().addDevice(SagId)
    const denied = (more: Readonly<Record<string, string>>): Promise<string> =>
      world().refused(operation, { ...wanted, SagId, Sn, ...more })
    expect(await denied({ AddressType: 'RemoteWeb' })).toBe('ServiceAddressOperationDenied')

    const received = await world().addInstance({ state: 'received' })
    const unused = await world().addDevice(received)
    expect(await denied({ SagId: received, Sn: unused })).toBe('ServiceAddressOperationDenied')

    for (let host = 1; host <= 10; host += 1) {
      await world().call(operation, { ...wanted, SagId, Sn, Address: `192.168.1.${host}` })
    }
    expect(await denied({ Address: '192.168.1.11' })).toBe('ServiceAddressOperationDenied')

    await world().fleet.expire(SagId, world().now)
    expect(await denied({ Address: '192.168.1.11' })).toBe('ServiceAddressOperationDenied')
  })

  test('ServiceAddressOperationDenied for an address that the CCN routes elsewhere', async () => {
    const SagId = await world().addInstance()
    const Sn = await world().addDevice(SagId)
    const other = await world().addInstance()
    await world().store.write(async (tx) => {
      await tx.updateTable('instance').set({ ccn_id: 'ccn-one' }).execute()
      const block = { position: 0, cidr: '192.168.1.0/24', first: 0xc0a80100, last: 0xc0a801ff }
      await tx
        .insertInto('instance_cidr')
        .values({ instance_id: other, ccn_id: 'ccn-one', ...block })
        .execute()
    })
    expect(await world().refused(operation, { ...wanted, SagId, Sn })).toBe('ServiceAddressOperationDenied')
  })

  test('ServiceAddressInUse for an address that a device has already', async () => {
    const SagId = await world().addInstance()
    const Sn = await world().addDevice(SagId)
    const remote = { SmartAGId: SagId, SerialNumber: Sn, RemoteAccessIp: '192.168.1.2' }
    await world().call(modifySagRemoteAccess, remote)
    await world().call(operation, { ...wanted, SagId, Sn })
    for (const Address of ['192.168.1.1', '192.168.1.2']) {
      expect(await world().refused(operation, { ...wanted, SagId, Sn, Address })).toBe('ServiceAddressInUse')
    }
  })

  test('unusable values are refused before anything is looked at', async () => {
    const params = { ...wanted, SagId: 'sag-nothing', Sn: 'sag1' }
    expect(await world().refused(operation, { ...params, Address: '192.168.1' })).toBe('InvalidAddress')
    expect(await world().refused(operation, { ...params, AddressType: 'Other' })).toBe('InvalidAddressType')
  })
})
