import { expect, test } from 'vitest'
import { findDesiredConfig } from '../../../store/gateways/configurations.ts'
import { type Harness, otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { describeSagRemoteAccess } from './describe-sag-remote-access.ts'
import { modifySagRemoteAccess as operation } from './modify-sag-remote-access.ts'

async function join(world: Harness, instanceId: string, { cidr, first, last }: Block = {}): Promise<void> {
  await world.store.write(async (tx) => {
    await tx.updateTable('instance').set({ ccn_id: 'ccn-one' }).where('id', '=', instanceId).execute()
    if (cidr === undefined || first === undefined || last === undefined) return
    await tx
      .insertInto('instance_cidr')
      .values({ instance_id: instanceId, position: 0, cidr, first, last, ccn_id: 'ccn-one' })
      .execute()
  })
}

interface Block {
  readonly cidr?: string
  readonly first?: number
  readonly last?: number
}

const block = { cidr: '10.9.0.0/24', first: 0x0a090000, last: 0x0a0900ff }

testOperation(operation, (world) => {
  test('the gateway is to hold the address, and is told of it', async () => {
    const SmartAGId = await world().addInstance()
    const SerialNumber = await world().addDevice(SmartAGId)
    const answer = await world().call(operation, { SmartAGId, SerialNumber, RemoteAccessIp: '10.10.10.2' })
    expect(answer).toEqual({
      SerialNumber,
      RemoteAccessIp: '10.10.10.2',
      Message: 'Successful',
      Success: true,
      Code: '200',
    })
    expect(world().told).toEqual([SerialNumber])
    const desired = await world().store.read((db) => findDesiredConfig(db, SerialNumber))
    expect(desired?.revision).toBe(2)
    expect(desired?.config.own[SerialNumber]?.remoteAccessIp).toBe('10.10.10.2')
  })

  test('the same address again changes nothing; another one takes its place; none turns it off', async () => {
    const SmartAGId = await world().addInstance()
    const SerialNumber = await world().addDevice(SmartAGId)
    const shown = async (): Promise<unknown> =>
      (await world().call(describeSagRemoteAccess, { RegionId: 'cn-shanghai', SmartAGId })).RemoteAccesses
    for (const RemoteAccessIp of ['10.10.10.2', '10.10.10.2', '10.10.10.3']) {
      await world().call(operation, { SmartAGId, SerialNumber, RemoteAccessIp })
    }
    expect(world().told).toHaveLength(2)
    expect(await shown()).toEqual([{ RemoteAccessIp: '10.10.10.3', SerialNumber }])
    const answer = await world().call(operation, { SmartAGId, SerialNumber })
    expect(answer.RemoteAccessIp).toBeUndefined()
    expect(await shown()).toEqual([{ RemoteAccessIp: '', SerialNumber }])
  })

  test('InvalidId.SMARTAG without an id, for an unknown one and for that of another account', async () => {
    const theirs = await world().addInstance({ accountId: otherAccountId })
    for (const SmartAGId of ['', 'sag-nothing', theirs]) {
      expect(await world().refused(operation, { SmartAGId, SerialNumber: 'sag1' })).toBe('InvalidId.SMARTAG')
    }
  })

  test('VersionNotExist for a device that is not one of the instance', async () => {
    const SmartAGId = await world().addInstance()
    const elsewhere = await world().addDevice(await world().addInstance())
    expect(await world().refused(operation, { SmartAGId, SerialNumber: elsewhere })).toBe('VersionNotExist')
  })

  test('FeatureNotSupport where there is no local console, or it is too old', async () => {
    const app = await world().addInstance({ kind: 'app' })
    const vcpe = await world().addInstance({ kind: 'vcpe' })
    const image = await world().addDevice(vcpe, { model: 'sag-vcpe' })
    const SmartAGId = await world().addInstance()
    const old = await world().addDevice(SmartAGId, { version: '1.9.9.9' })
    expect(await world().refused(operation, { SmartAGId: app, SerialNumber: 'sag1' })).toBe('FeatureNotSupport')
    expect(await world().refused(operation, { SmartAGId: vcpe, SerialNumber: image })).toBe('FeatureNotSupport')
    expect(await world().refused(operation, { SmartAGId, SerialNumber: old })).toBe('FeatureNotSupport')
  })

  test('the code of the device of a pair that is too old, the active one first', async () => {
    const SmartAGId = await world().addInstance()
    const SerialNumber = await world().addDevice(SmartAGId, { version: '1.8.0.0' })
    const standby = await world().addDevice(SmartAGId, { version: '1.8.0.0' })
    const params = { SmartAGId, SerialNumber: standby, RemoteAccessIp: '10.10.10.2' }
    expect(await world().refused(operation, params)).toBe('FeatureNotSupportForActiveSmartAG')
    await world().setDevice(SerialNumber, { version: '2.0.0.0' })
    expect(await world().refused(operation, params)).toBe('FeatureNotSupportForStandBySmartAG')
    await world().setDevice(standby, { version: '2.0.0.0' })
    await world().call(operation, params)
  })

  test('SmartAccessGatewayNotOnline while the named device is away', async () => {
    const SmartAGId = await world().addInstance()
    await world().addDevice(SmartAGId)
    const SerialNumber = await world().addDevice(SmartAGId, { connected: false })
    const params = { SmartAGId, SerialNumber, RemoteAccessIp: '10.10.10.2' }
    expect(await world().refused(operation, params)).toBe('SmartAccessGatewayNotOnline')
  })

  test('IllegalRemoteIp.Conflict for an address in use on the instance, or in its CCN, and only there', async () => {
    const SmartAGId = await world().addInstance()
    const SerialNumber = await world().addDevice(SmartAGId)
    const standby = await world().addDevice(SmartAGId)
    const other = await world().addInstance()
    const elsewhere = await world().addDevice(other)
    await world().call(operation, { SmartAGId, SerialNumber: standby, RemoteAccessIp: '10.10.10.2' })
    await world().call(operation, { SmartAGId: other, SerialNumber: elsewhere, RemoteAccessIp: '10.10.10.3' })
    await world().store.write(async (tx) => {
      const entry = { cidr: block.cidr, first: block.first, last: block.last, created_at: 0 }
      const hidden = { id: 'snat-one', instance_id: other, ccn_id: 'ccn-one', snat_ip: 0x0a0a0a04 }
      await tx
        .insertInto('snat_entry')
        .values({ ...entry, ...hidden })
        .execute()
    })
    const tryIt = (RemoteAccessIp: string): Promise<unknown> =>
      world().call(operation, { SmartAGId, SerialNumber, RemoteAccessIp })
    const conflict = { code: 'IllegalRemoteIp.Conflict' }
    await expect(tryIt('10.10.10.2')).rejects.toMatchObject(conflict)
    await tryIt('10.10.10.3')
    await tryIt('10.10.10.4')
    await tryIt('10.10.10.5')
    await join(world(), SmartAGId)
    await join(world(), other)
    for (const RemoteAccessIp of ['10.10.10.3', '10.10.10.4']) {
      expect(await world().refused(operation, { SmartAGId, SerialNumber, RemoteAccessIp })).toBe(conflict.code)
    }
  })

  test('IllegalRemoteIp.RouteTableEntryConflict inside the block of another member of the CCN, not inside its own', async () => {
    const SmartAGId = await world().addInstance()
    const SerialNumber = await world().addDevice(SmartAGId)
    const other = await world().addInstance()
    const elsewhere = await world().addDevice(other)
    await join(world(), SmartAGId)
    await join(world(), other, block)
    const params = { SmartAGId, SerialNumber, RemoteAccessIp: '10.9.0.200' }
    expect(await world().refused(operation, params)).toBe('IllegalRemoteIp.RouteTableEntryConflict')
    await world().call(operation, { ...params, RemoteAccessIp: '10.9.1.0' })
    await world().call(operation, { ...params, SmartAGId: other, SerialNumber: elsewhere })
  })

  test('IllegalRemoteIp.RouteTableEntryConflict on the route of a leased line of its CEN, unless it is its own line', async () => {
    const SmartAGId = await world().addInstance()
    const SerialNumber = await world().addDevice(SmartAGId)
    await join(world(), SmartAGId)
    await world().store.write(async (tx) => {
      const owner = { account_id: '1210123456123456', region_id: 'cn-shanghai' }
      await tx
        .insertInto('ccn')
        .values({ id: 'ccn-one', ...owner, interworking: 'enable', is_default: 0, created_at: 0, cen_id: 'cen-one' })
        .execute()
      await tx
        .insertInto('vbr')
        .values({ id: 'vbr-one', ...owner, cen_id: 'cen-one', bgp: 1 })
        .execute()
      await tx
        .insertInto('vbr_route')
        .values({ vbr_id: 'vbr-one', ...block })
        .execute()
    })
    const params = { SmartAGId, SerialNumber, RemoteAccessIp: '10.9.0.7' }
    expect(await world().refused(operation, params)).toBe('IllegalRemoteIp.RouteTableEntryConflict')
    await world().store.write(async (tx) => {
      await tx.updateTable('vbr').set({ instance_id: SmartAGId }).execute()
    })
    await world().call(operation, params)
  })

  test('an address no branch may have is refused before anything is looked at', async () => {
    for (const RemoteAccessIp of ['10.10.10', '10.10.10.256', 'console', '127.0.0.1', '10.10.10.2/32', '224.0.0.1']) {
      const params = { SmartAGId: 'sag-nothing', SerialNumber: 'sag1', RemoteAccessIp }
      expect(await world().refused(operation, params)).toBe('InvalidRemoteAccessIp')
    }
  })
})
