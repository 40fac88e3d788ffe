import type { ConfigStatus } from '@opensag/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { accountId, type Harness, openHarness } from '../../apis/testing/harness.suite.ts'
import { addDnat } from '../../apis/testing/networks.suite.ts'
import type { InstanceSettings } from '../fleet/fleet.ts'
import { createRepositories, type Repositories, writeUnit } from '../repositories.ts'
import { findDesiredConfig, saveConfigStatus } from './configurations.ts'
import { eventsOf } from './events.ts'

let world: Harness
beforeEach(async () => {
  world = await openHarness()
})
afterEach(() => world.close())

let told: string[]
function change<T>(work: (repositories: Repositories) => Promise<T>): Promise<T> {
  told = []
  return writeUnit({ store: world.store, tellGateways: (serials) => void told.push(...serials) }, work)
}

async function facts(instanceId: string): Promise<void> {
  await world.store.write(async (tx) => {
    const block = { instance_id: instanceId, ccn_id: null }
    await tx
      .insertInto('instance_cidr')
      .values([
        { ...block, position: 1, cidr: '10.0.0.0/24', first: 0x0a000000, last: 0x0a0000ff },
        { ...block, position: 0, cidr: '10.0.9.0/24', first: 0x0a000900, last: 0x0a0009ff },
      ])
      .execute()
    await tx
      .insertInto('snat_entry')
      .values({ ...block, id: 'snat-one', cidr: '10.0.0.0/24', first: 1, last: 2, snat_ip: 0xc0a80001, created_at: 0 })
      .execute()
    await tx.updateTable('instance').set({ routing_strategy: 'dynamic' }).where('id', '=', instanceId).execute()
  })
}

test('the configuration follows from the stored facts, and every gateway of the instance is told once', async () => {
  const id = await world.addInstance()
  const [active, standby] = [await world.addDevice(id), await world.addDevice(id)]
  await facts(id)
  await change(async ({ gatewayConfigs }) => {
    await gatewayConfigs.refresh(id)
    await gatewayConfigs.refresh(id)
  })
  expect(told.sort()).toEqual([active, standby].sort())
  expect(await world.store.read((db) => findDesiredConfig(db, active))).toEqual({
    instanceId: id,
    revision: 2,
    config: {
      cidrs: ['10.0.9.0/24', '10.0.0.0/24'],
      routingStrategy: 'dynamic',
      securityLockThreshold: 0,
      snat: [{ cidr: '10.0.0.0/24', ip: '192.168.0.1' }],
      own: {},
    },
  })
  expect((await world.fleet.instanceById(id))?.configRevision).toBe(2)
})

test('DNAT entries are a part of it only where there are any, and say which gateways it needs', async () => {
  const id = await world.addInstance()
  const serial = await world.addDevice(id)
  const inner = await addDnat(world, id, '10.9.0.1')
  await addDnat(world, id)
  const desired = async () => (await world.store.read((db) => findDesiredConfig(db, serial)))?.config
  const needs = async () => (await world.fleet.instanceById(id))?.configNeeds
  const one = { protocol: 'tcp', ports: { from: 80, to: 80 }, to: '192.168.0.9' }
  expect((await desired())?.dnat).toEqual([{ ip: '10.9.0.1', ...one }, one])
  expect(await needs()).toBe('dnat')
  for (const { id: entry } of await change(({ addresses }) => addresses.dnatEntries(id))) {
    await change(({ addresses }) => addresses.deleteDnatEntry(id, entry))
  }
  await change(({ gatewayConfigs }) => gatewayConfigs.refresh(id))
  expect(await desired()).not.toHaveProperty('dnat')
  expect(await needs()).toBeUndefined()
  expect(inner).toMatch(/^fwd-/)
})

test('SNAT entries are in the order they were made in, whatever their ids', async () => {
  const id = await world.addInstance()
  const serial = await world.addDevice(id)
  await world.store.write(async (tx) => {
    const entry = { instance_id: id, ccn_id: null, cidr: '10.0.0.0/24', first: 1, last: 2 }
    const made = ['snat-b', 'snat-c', 'snat-a'].map((name, at) => ({
      ...entry,
      id: name,
      snat_ip: at + 1,
      created_at: at,
    }))
    await tx.insertInto('snat_entry').values(made).execute()
  })
  await change(({ gatewayConfigs }) => gatewayConfigs.refresh(id))
  const desired = await world.store.read((db) => findDesiredConfig(db, serial))
  expect(desired?.config.snat.map(({ ip }) => ip)).toEqual(['0.0.0.1', '0.0.0.2', '0.0.0.3'])
})

test('without a difference nothing is written and nobody is told', async () => {
  const fresh = await world.addInstance()
  await change(({ gatewayConfigs }) => gatewayConfigs.refresh(fresh))
  expect((await world.fleet.instanceById(fresh))?.configRevision).toBe(0)
  const id = await world.addInstance()
  await world.addDevice(id)
  await change(({ gatewayConfigs }) => gatewayConfigs.refresh(id))
  expect((await world.fleet.instanceById(id))?.configRevision).toBe(1)
  expect(told).toEqual([])
})

/** A value of each that differs from what a new instance has. */
const otherSettings: Required<{ readonly [S in keyof InstanceSettings]: NonNullable<InstanceSettings[S]> }> = {
  name: 'branch-1',
  description: 'Branch office',
  routingStrategy: 'dynamic',
  securityLockThreshold: 60,
  position: 'Hangzhou',
  tags: [['env', 'prod']],
  connectionAudit: true,
  appDns: '10.10.0.53',
  recoveredDns: '223.5.5.5',
  upBandwidthWan: 5,
  advancedMonitor: true,
}

test.each(Object.entries(otherSettings))('whether gateways hold %s is said when it is set', async (setting, value) => {
  const id = await world.addInstance()
  const serial = await world.addDevice(id)
  const isHeld = await change(({ fleet }) => fleet.configure(id, { [setting]: value }))
  await change(({ gatewayConfigs }) => gatewayConfigs.refresh(id))
  expect(told).toEqual(isHeld ? [serial] : [])
})

test('nobody is told of a unit of work that fails, or of what an earlier run of it did', async () => {
  const id = await world.addInstance()
  await world.addDevice(id)
  await facts(id)
  const failing = change(async ({ gatewayConfigs }) => {
    await gatewayConfigs.refresh(id)
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(told).toEqual([])

  let runs = 0
  const { store } = world
  const twice = {
    ...store,
    write: async <T>(work: (tx: never) => Promise<T>) => {
      await store.write(work as never).catch(() => undefined)
      return store.write(work as never) as Promise<T>
    },
  }
  told = []
  await writeUnit(
    { store: twice as typeof store, tellGateways: (serials) => void told.push(...serials) },
    async ({ gatewayConfigs }) => {
      runs += 1
      if (runs > 1) return
      await gatewayConfigs.refresh(id)
      throw new Error('conflict')
    },
  )
  // A store may run a unit of work more often by itself.
  expect(runs).toBeGreaterThanOrEqual(2)
  expect(told).toEqual([])
})

test('an App has no gateway and no configuration', async () => {
  const id = await world.addInstance({ kind: 'app' })
  await facts(id)
  await change(({ gatewayConfigs }) => gatewayConfigs.refresh(id))
  expect((await world.fleet.instanceById(id))?.configRevision).toBe(0)
})

test('a gateway that is unbound is told, and its addresses are not left behind', async () => {
  const id = await world.addInstance()
  const [active, standby] = [await world.addDevice(id), await world.addDevice(id)]
  await change(async ({ addresses }) => {
    await addresses.addServiceAddress(id, { serial: active, type: 'RemoteWeb', address: 1 }, 0)
    await addresses.addServiceAddress(id, { serial: standby, type: 'RemoteWeb', address: 2 }, 0)
    await addresses.refreshConfig(id)
  })
  await change(({ fleet }) => fleet.unbind(active))
  expect(told.sort()).toEqual([active, standby].sort())
  await world.store.read(async (db) => {
    expect(await findDesiredConfig(db, active)).toBeUndefined()
    expect((await findDesiredConfig(db, standby))?.config.own).toEqual({
      [standby]: { probeAddresses: [], remoteAccessIp: '0.0.0.2' },
    })
    expect(await createRepositories(db).addresses.serviceAddresses(id)).toEqual([
      { serial: standby, type: 'RemoteWeb', address: 2 },
    ])
  })
})

test('what a gateway holds counts only for the instance it is bound to', async () => {
  const id = await world.addInstance({ accountId })
  const serial = await world.addDevice(id)
  const applied = async (): Promise<number | undefined> => (await world.fleet.device(serial))?.appliedRevision
  const tell = (status: ConfigStatus): Promise<void> =>
    world.store.write((tx) => saveConfigStatus(tx, serial, status, 1000))
  await tell({ applied: { instanceId: id, revision: 5 } })
  expect(await applied()).toBe(5)
  await tell({ applied: { instanceId: 'sag-other', revision: 7 } })
  expect(await applied()).toBe(0)
  await tell({ applied: { instanceId: id, revision: 5 } })
  await tell({})
  expect(await applied()).toBe(0)
})

test('what a gateway gave up is recorded once, with its reason, and only for the instance it is bound to', async () => {
  const id = await world.addInstance({ accountId })
  const serial = await world.addDevice(id)
  const tell = (status: ConfigStatus): Promise<void> =>
    world.store.write((tx) => saveConfigStatus(tx, serial, status, 1000))
  await tell({ reverted: { instanceId: 'sag-other', revision: 9, reason: 'failed' } })
  expect(await world.fleet.device(serial)).toMatchObject({ revertedRevision: undefined, configReportedAt: 1000 })
  for (let time = 0; time < 2; time++) {
    await tell({
      applied: { instanceId: id, revision: 4 },
      reverted: { instanceId: id, revision: 5, reason: 'unconfirmed' },
    })
  }
  expect(await world.fleet.device(serial)).toMatchObject({
    appliedRevision: 4,
    revertedRevision: 5,
    revertedReason: 'unconfirmed',
  })
  await tell({ applied: { instanceId: id, revision: 6 }, trial: 3 })
  expect(await world.fleet.device(serial)).toMatchObject({ revertedRevision: undefined, configOnTrial: true })
  const events = await world.store.read((db) => eventsOf(db, serial, 10))
  expect(events).toEqual([{ kind: 'ConfigurationReverted', at: 1000, detail: 'revision 5: unconfirmed' }])
})
