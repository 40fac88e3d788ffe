import type { MarkedConfig } from '@opensag/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { configDifference, shownSynStatus } from '../../packages/server/src/model/desired-config.ts'
import type { Device } from '../../packages/server/src/model/device.ts'
import type { Instance } from '../../packages/server/src/model/instance.ts'
import { createFleet } from '../../packages/server/src/store/fleet/create-fleet.ts'
import { type Repositories, writeUnit } from '../../packages/server/src/store/repositories.ts'
import { until } from '../support/time.ts'
import {
  createSite,
  online,
  onlineAgain,
  type Site,
  startGateway,
  startServer,
  type TestGateway,
  type TestServer,
} from './site.ts'

const serial = 'sag00001'
const confirmMs = 5000
let site: Site
let server: TestServer
beforeEach(async () => {
  site = await createSite()
  server = await startServer(site, { settings: { configConfirmMs: confirmMs } })
  await server.add(serial)
  await server.store.write(async (tx) => {
    await tx.insertInto('account').values({ id: '1', name: 'one', created_at: 0 }).execute()
  })
  await change(async ({ fleet }) => {
    await fleet.addInstance({
      id: 'sag-one',
      accountId: '1',
      regionId: 'cn-shanghai',
      kind: 'hardware',
      spec: 'sag-1000',
      haType: 'no_backup',
      maxBandwidth: 50,
      orderId: 'order',
      alreadyHaveSag: true,
      periodMonths: 1,
      createdAt: 0,
    })
    await fleet.bind(serial, 'sag-one', 'active', 0)
  })
})
afterEach(() => site.close())

/** A gateway whose system cuts it off when it is given this threshold: no new connection gets through. */
const cutting = 666

interface Cut {
  readonly url: string
  /** Nobody reaches the server, whatever is in force. */
  isServerAway: boolean
  isCut(): boolean
  apply(config: MarkedConfig | undefined): Promise<void>
}

function cable(): Cut {
  let isCut = false
  const { url } = server
  const wire: Cut = {
    get url() {
      return isCut || wire.isServerAway ? 'ws://127.0.0.1:1/channel' : url
    },
    isServerAway: false,
    isCut: () => isCut,
    async apply(config) {
      isCut = config?.config.securityLockThreshold === cutting
    },
  }
  return wire
}

function change<T>(work: (repositories: Repositories) => Promise<T>): Promise<T> {
  return writeUnit({ store: server.store, tellGateways: server.tellGateways }, work)
}

async function setThreshold(seconds: number): Promise<void> {
  await server.store.write(async (tx) => {
    await tx.updateTable('instance').set({ security_lock_threshold: seconds }).execute()
  })
  await change(({ gatewayConfigs }) => gatewayConfigs.refresh('sag-one'))
}

function both(): Promise<{ readonly device: Device; readonly instance: Instance }> {
  return server.store.read(async (db) => {
    const fleet = createFleet(db)
    const [device, instance] = [await fleet.device(serial), await fleet.instanceById('sag-one')]
    if (device === undefined || instance === undefined) throw new Error('They are not there.')
    return { device, instance }
  })
}

async function shown(): Promise<string> {
  const { device, instance } = await both()
  return shownSynStatus(device, instance)
}

const isShown = (status: string): Promise<true> => until(status, async () => (await shown()) === status)

async function cuttableGateway(): Promise<{ readonly gateway: TestGateway; readonly wire: Cut }> {
  const wire = cable()
  const gateway = await startGateway(site, { url: server.url, urlNow: () => wire.url, apply: wire.apply })
  await online(gateway)
  await isShown('Synchronized')
  return { gateway, wire }
}

test('a configuration is confirmed over a connection of its own, and the gateway stays connected meanwhile', async () => {
  const { gateway } = await cuttableGateway()
  await setThreshold(60)
  await isShown('Synchronized')
  expect(gateway.desiredConfig.status()).toEqual({ applied: { instanceId: 'sag-one', revision: 2 } })
  expect(await server.events(serial)).toEqual(['DeviceEnrolled', 'DeviceOnline'])
  expect(gateway.states.filter(({ is }) => is === 'online')).toHaveLength(1)
})

test('one that cuts the gateway off is taken back although its old connection lives on, and it says why', async () => {
  const { gateway, wire } = await cuttableGateway()
  await setThreshold(cutting)
  await until('it is cut off', wire.isCut)
  expect([gateway.connection.state.is, await shown()]).toEqual(['online', 'Synchronizing'])
  gateway.time.advance(confirmMs)
  await isShown('Unsynchronized')
  expect(wire.isCut()).toBe(false)
  const { device, instance } = await both()
  expect(device).toMatchObject({ appliedRevision: 1, revertedRevision: 2, revertedReason: 'unconfirmed' })
  expect(configDifference(device, instance)).toBe('reverted')
  expect(await server.events(serial)).toContain('ConfigurationReverted')
})

test('cut off altogether it comes back by itself, is not sent the same one again, and takes the next', async () => {
  const { gateway, wire } = await cuttableGateway()
  await setThreshold(cutting)
  await until('it is cut off', wire.isCut)
  await server.channel.disconnect(serial)
  await until('it noticed', () => gateway.connection.state.is === 'waiting')
  gateway.time.advance(confirmMs)
  await until('it went back', () => !wire.isCut())
  await onlineAgain(gateway)
  await isShown('Unsynchronized')
  server.time.advance(600_000)
  await server.channel.disconnect(serial)
  await onlineAgain(gateway)
  expect(gateway.desiredConfig.status()).toMatchObject({ applied: { revision: 1 }, reverted: { revision: 2 } })

  await setThreshold(60)
  await isShown('Synchronized')
  expect(gateway.desiredConfig.status()).toEqual({ applied: { instanceId: 'sag-one', revision: 3 } })
})

/** It goes back with nobody there, and notices that it reaches nobody without what it gave up either. */
async function goesBackAlone(gateway: TestGateway): Promise<void> {
  await until('it is on trial', () => gateway.desiredConfig.trial() !== 0)
  await server.channel.disconnect(serial)
  await until('it noticed', () => gateway.connection.state.is === 'waiting')
  gateway.time.advance(confirmMs)
  await until('it went back', () => gateway.desiredConfig.trial() === 0)
  await until('it has tried in vain', () => {
    gateway.time.advance(60_000)
    return gateway.desiredConfig.status().reverted?.unreached
  })
}

test('with nobody there it goes back, and takes it once somebody is there again', async () => {
  const { gateway, wire } = await cuttableGateway()
  wire.isServerAway = true
  await setThreshold(60)
  await goesBackAlone(gateway)
  expect(gateway.desiredConfig.status()).toMatchObject({ applied: { revision: 1 }, reverted: { revision: 2 } })
  wire.isServerAway = false
  await onlineAgain(gateway)
  await isShown('Synchronized')
  expect(gateway.desiredConfig.status()).toEqual({ applied: { instanceId: 'sag-one', revision: 2 } })
  expect(await server.events(serial)).not.toContain('ConfigurationReverted')
})

test('one that cuts it off, given up with nobody there, is tried once more and not a third time', async () => {
  const { gateway, wire } = await cuttableGateway()
  wire.isServerAway = true
  await setThreshold(cutting)
  await goesBackAlone(gateway)
  wire.isServerAway = false
  await onlineAgain(gateway)
  await until('it is tried once more', wire.isCut)
  wire.isServerAway = true
  await server.channel.disconnect(serial)
  await until('it noticed', () => gateway.connection.state.is === 'waiting')
  gateway.time.advance(confirmMs)
  await until('it went back', () => !wire.isCut())
  const tries = gateway.states.length
  await until('it tries in vain', () => {
    gateway.time.advance(60_000)
    return gateway.states.length > tries + 3
  })
  wire.isServerAway = false
  await onlineAgain(gateway)
  await isShown('Unsynchronized')
  expect(await server.events(serial)).toContain('ConfigurationReverted')
  expect(gateway.desiredConfig.status().reverted).toEqual({
    instanceId: 'sag-one',
    revision: 2,
    reason: 'unconfirmed',
  })
})

test('offered again because somebody asks, what was given up is tried as a new revision', async () => {
  const { gateway, wire } = await cuttableGateway()
  await setThreshold(cutting)
  await until('it is cut off', wire.isCut)
  gateway.time.advance(confirmMs)
  await isShown('Unsynchronized')
  await change(({ gatewayConfigs }) => gatewayConfigs.offerAgain('sag-one'))
  await until('it is tried', () => gateway.desiredConfig.status().applied?.revision === 3)
  expect(wire.isCut()).toBe(true)
})

test('a gateway killed while one is on trial goes on with the trial, and is confirmed by its next connection', async () => {
  const { gateway, wire } = await cuttableGateway()
  await setThreshold(cutting)
  await until('it is cut off', wire.isCut)
  await gateway.stop()
  const back = await startGateway(site, { url: server.url, disk: gateway.disk })
  expect(back.desiredConfig.status()).toMatchObject({ applied: { revision: 2 }, trial: 2 })
  await online(back)
  await isShown('Synchronized')
  expect(back.desiredConfig.status()).toEqual({ applied: { instanceId: 'sag-one', revision: 2 } })
})

test('a password does not wait for a system that takes its time, nor when the gateway has connected anew meanwhile', async () => {
  let finish = (): void => {}
  const taking = new Promise<void>((resolve) => {
    finish = resolve
  })
  const apply = (config: MarkedConfig | undefined): Promise<void> => (config === undefined ? Promise.resolve() : taking)
  const gateway = await startGateway(site, { url: server.url, serial, apply })
  await online(gateway)
  await setThreshold(60)
  await until('it is on trial', () => gateway.desiredConfig.status().trial !== undefined)
  await server.channel.disconnect(serial)
  await onlineAgain(gateway)
  expect(await server.change(serial, 'Second_0002')).toBe('accepted')
  finish()
})

test('a stranger is not confirmed, nor who has another key', async () => {
  const { gateway } = await cuttableGateway()
  await server.store.write(async (tx) => {
    await tx.updateTable('device').set({ sign_key: 'another' }).execute()
  })
  await setThreshold(60)
  await until('it tries', () => gateway.desiredConfig.trial() !== 0)
  gateway.time.advance(confirmMs)
  await until('it went back', () => gateway.desiredConfig.status().reverted !== undefined)
  expect(gateway.desiredConfig.status().reverted).toMatchObject({ revision: 2, reason: 'unconfirmed' })
})

test('a synchronisation that was answered is kept when its message is lost', async () => {
  const { gateway } = await cuttableGateway()
  gateway.report = { ...gateway.report, localRevision: 4 }
  gateway.connection.reportChanged()
  await isShown('Unsynchronized')
  gateway.losesSynced = true
  expect(await server.commands.synchronise(serial)).toBe('done')
  await until('it is lost', () => gateway.losesSynced === false)
  await server.channel.disconnect(serial)
  await until('it noticed', () => gateway.connection.state.is !== 'online')
  expect(await shown()).toBe('Synchronizing')
  await onlineAgain(gateway)
  await isShown('Synchronized')
  expect(gateway.report.syncedRevision).toBe(4)
})

test('a change made after the synchronisation was answered is not covered by it', async () => {
  const { gateway } = await cuttableGateway()
  gateway.report = { ...gateway.report, localRevision: 4 }
  gateway.connection.reportChanged()
  await isShown('Unsynchronized')
  gateway.losesSynced = true
  expect(await server.commands.synchronise(serial)).toBe('done')
  await until('it is lost', () => gateway.losesSynced === false)
  gateway.report = { ...gateway.report, localRevision: 5 }
  gateway.connection.reportChanged()
  await isShown('Unsynchronized')
  expect(gateway.report.syncedRevision).toBe(0)
})
