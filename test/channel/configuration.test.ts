import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMemoryDisk, type Disk } from '../../packages/agent/src/disk.ts'
import { createTellGateways } from '../../packages/server/src/channel/desired-config.ts'
import { shownSynStatus } from '../../packages/server/src/model/desired-config.ts'
import { createFleet } from '../../packages/server/src/store/fleet/create-fleet.ts'
import { saveCapabilities } from '../../packages/server/src/store/gateways/gateways.ts'
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

const [serial, second] = ['sag00001', 'sag00002']
const logger = pino({ level: 'silent' })
let site: Site
beforeEach(async () => {
  site = await createSite()
})
afterEach(() => site.close())

/** One unit of work, after which the gateways are told. */
function change<T>(server: TestServer, work: (repositories: Repositories) => Promise<T>): Promise<T> {
  const tellGateways = createTellGateways({ bus: server.bus, logger })
  return writeUnit({ store: server.store, tellGateways }, work)
}

async function addInstance(server: TestServer, id: string, ...serials: readonly string[]): Promise<void> {
  await server.store.write(async (tx) => {
    await tx
      .insertInto('account')
      .values({ id: '1', name: 'one', created_at: 0 })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
  await change(server, async ({ fleet }) => {
    await fleet.addInstance({
      id,
      accountId: '1',
      regionId: 'cn-shanghai',
      kind: 'hardware',
      spec: 'sag-1000',
      haType: 'warm_backup',
      maxBandwidth: 50,
      orderId: `order-${id}`,
      alreadyHaveSag: true,
      periodMonths: 1,
      createdAt: 0,
    })
    for (const [index, one] of serials.entries()) await fleet.bind(one, id, index === 0 ? 'active' : 'standby', 0)
  })
}

function setThreshold(server: TestServer, id: string, seconds: number): Promise<void> {
  return server.store
    .write(async (tx) => {
      await tx.updateTable('instance').set({ security_lock_threshold: seconds }).where('id', '=', id).execute()
    })
    .then(() => change(server, ({ gatewayConfigs }) => gatewayConfigs.refresh(id)))
}

async function synStatus(server: TestServer, one: string): Promise<string> {
  return server.store.read(async (db) => {
    const fleet = createFleet(db)
    const device = await fleet.device(one)
    const instance = await fleet.instanceById(device?.instanceId ?? '')
    if (device === undefined || instance === undefined) throw new Error(`${one} is not bound.`)
    return shownSynStatus(device, instance)
  })
}

function holds(gateway: TestGateway, instanceId: string, seconds: number): Promise<true> {
  return until(`it holds ${seconds} of ${instanceId}`, () => {
    const inForce = gateway.desiredConfig.inForce()
    return inForce?.instanceId === instanceId && inForce.config.securityLockThreshold === seconds
  })
}

/** Which revisions its disk was given. */
function recording(): { readonly disk: Disk; readonly written: (number | null)[] } {
  const disk = createMemoryDisk()
  const written: (number | null)[] = []
  return {
    written,
    disk: {
      read: disk.read,
      settle: disk.settle,
      async write(name, content) {
        await disk.write(name, content)
        if (name !== 'desired-config.json') return
        const revision: number | null = JSON.parse(content).inForce?.revision ?? null
        // How its trial goes is written too, and is no other one.
        if (written.at(-1) !== revision) written.push(revision)
      },
    },
  }
}

test('a connected gateway gets a change at once, and is synchronising until it has it', async () => {
  const server = await startServer(site)
  await server.add(serial)
  await addInstance(server, 'sag-one', serial)
  expect(await synStatus(server, serial)).toBe('Synchronizing')
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  await holds(gateway, 'sag-one', 0)
  await until('synchronised', async () => (await synStatus(server, serial)) === 'Synchronized')

  await setThreshold(server, 'sag-one', 3600)
  await holds(gateway, 'sag-one', 3600)
  await until('synchronised', async () => (await synStatus(server, serial)) === 'Synchronized')
  expect((await server.device(serial)).appliedRevision).toBe(2)
})

test('a refresh without a difference uses up no revision and sends nothing', async () => {
  const server = await startServer(site)
  await server.add(serial)
  await addInstance(server, 'sag-one', serial)
  const { disk, written } = recording()
  const gateway = await startGateway(site, { url: server.url, disk })
  await online(gateway)
  await setThreshold(server, 'sag-one', 60)
  await setThreshold(server, 'sag-one', 60)
  await setThreshold(server, 'sag-one', 90)
  await holds(gateway, 'sag-one', 90)
  expect(written.at(-1)).toBe(3)
  expect(written).toEqual([...new Set(written)])
})

test('while it is away nothing waits but the store: it gets the newest only', async () => {
  const server = await startServer(site)
  await server.add(serial)
  await addInstance(server, 'sag-one', serial)
  const { disk, written } = recording()
  const gateway = await startGateway(site, { url: server.url, disk })
  await online(gateway)
  await holds(gateway, 'sag-one', 0)
  await gateway.stop()
  await until('offline', async () => !(await server.device(serial)).connected)
  for (const seconds of [1, 2, 3]) await setThreshold(server, 'sag-one', seconds)
  expect(await synStatus(server, serial)).toBe('Synchronizing')

  const back = await startGateway(site, { url: server.url, disk })
  await online(back)
  await holds(back, 'sag-one', 3)
  expect(written).toEqual([1, 4])
})

test('both gateways of a pair get what is common, and each what is its own', async () => {
  const server = await startServer(site)
  await server.add(serial)
  await server.add(second)
  await addInstance(server, 'sag-one', serial, second)
  const one = await startGateway(site, { url: server.url })
  await online(one)
  await change(server, async ({ addresses, gatewayConfigs }) => {
    await addresses.addServiceAddress('sag-one', { serial: second, type: 'RemoteWeb', address: 0x0a0a0a02 }, 0)
    await addresses.addServiceAddress('sag-one', { serial, type: 'ProbeTask', address: 0x0a0a0a03 }, 0)
    await gatewayConfigs.refresh('sag-one')
  })
  await setThreshold(server, 'sag-one', 60)
  await holds(one, 'sag-one', 60)
  await until('synchronised', async () => (await synStatus(server, serial)) === 'Synchronized')
  expect(await synStatus(server, second)).toBe('Synchronizing')
  expect(one.desiredConfig.inForce()?.config).toMatchObject({ probeAddresses: ['10.10.10.3'] })
  expect(one.desiredConfig.inForce()?.config.remoteAccessIp).toBeUndefined()

  const other = await startGateway(site, { url: server.url, serial: second })
  await online(other)
  await holds(other, 'sag-one', 60)
  expect(other.desiredConfig.inForce()?.config).toMatchObject({ remoteAccessIp: '10.10.10.2', probeAddresses: [] })
})

test('a gateway that carries packets now, or does not any more, is offered its configuration anew', async () => {
  const server = await startServer(site)
  await server.add(serial)
  await server.add(second)
  await addInstance(server, 'sag-one', serial, second)
  const [gateway, other] = [
    await startGateway(site, { url: server.url }),
    await startGateway(site, { url: server.url, serial: second }),
  ]
  await online(gateway)
  await online(other)
  const holdsRevision = (revision: number): Promise<true> =>
    until(`both hold revision ${revision}`, async () => {
      const applied = [(await server.device(serial)).appliedRevision, (await server.device(second)).appliedRevision]
      return applied.every((one) => one === revision)
    })
  await holdsRevision(1)
  // As if its program before this one had carried packets.
  await server.store.write((tx) => saveCapabilities(tx, serial, ['config-trial', 'network']))
  await server.channel.disconnect(serial)
  await onlineAgain(gateway)
  await holdsRevision(2)
  expect((await server.device(serial)).capabilities).toBe(
    'config-trial dnat qos flow-log acl health-check probe-task dpi monitor diagnosis',
  )
  // Without such a difference it is not.
  await server.channel.disconnect(serial)
  await onlineAgain(gateway)
  expect((await server.device(serial)).appliedRevision).toBe(2)
  expect(await synStatus(server, serial)).toBe('Synchronized')
})

test('a gateway that is unbound gives its configuration up, one bound elsewhere takes that of its new instance', async () => {
  const server = await startServer(site)
  await server.add(serial)
  await addInstance(server, 'sag-one', serial)
  await setThreshold(server, 'sag-one', 60)
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  await holds(gateway, 'sag-one', 60)
  await change(server, ({ fleet }) => fleet.unbind(serial))
  await until('it holds none', () => gateway.desiredConfig.inForce() === undefined)

  // Revision 1 of the other instance, lower than what it once held.
  await addInstance(server, 'sag-two', serial)
  await holds(gateway, 'sag-two', 0)
  await until('synchronised', async () => (await synStatus(server, serial)) === 'Synchronized')
})

test('a gateway bound elsewhere while it was away is not taken for one that holds the revision of that number', async () => {
  const server = await startServer(site)
  await server.add(serial)
  await addInstance(server, 'sag-one', serial)
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  await holds(gateway, 'sag-one', 0)
  await gateway.stop()
  await until('offline', async () => !(await server.device(serial)).connected)
  await change(server, ({ fleet }) => fleet.unbind(serial))
  await addInstance(server, 'sag-two', serial)
  expect(await synStatus(server, serial)).toBe('Synchronizing')
  const back = await startGateway(site, { url: server.url, disk: gateway.disk })
  await online(back)
  await holds(back, 'sag-two', 0)
})

test('after a restart of the gateway its configuration is in force before it is connected, and is not sent again', async () => {
  const server = await startServer(site)
  await server.add(serial)
  await addInstance(server, 'sag-one', serial)
  const { disk, written } = recording()
  const gateway = await startGateway(site, { url: server.url, disk })
  await holds(gateway, 'sag-one', 0)
  await gateway.stop()
  const back = await startGateway(site, { url: server.url, disk })
  expect(back.desiredConfig.inForce()?.instanceId).toBe('sag-one')
  await online(back)
  await setThreshold(server, 'sag-one', 60)
  await holds(back, 'sag-one', 60)
  expect(written).toEqual([1, 2])
})

test('what was changed before a server was killed reaches the gateway through the next one', async () => {
  const first = await startServer(site)
  await first.add(serial)
  await addInstance(first, 'sag-one', serial)
  const gateway = await startGateway(site, { url: first.url })
  await online(gateway)
  await holds(gateway, 'sag-one', 0)
  await gateway.stop()
  // The commit is durable; nobody is told of it any more.
  await setThreshold(first, 'sag-one', 60)
  await first.stop()

  const next = await startServer(site)
  const back = await startGateway(site, { url: next.url, disk: gateway.disk })
  await online(back)
  await holds(back, 'sag-one', 60)
  await until('synchronised', async () => (await synStatus(next, serial)) === 'Synchronized')
})

test('a gateway whose disk does not take it keeps the old one, says so, and is given it again', async () => {
  const server = await startServer(site, { settings: { configRetryMs: 1000 } })
  await server.add(serial)
  await addInstance(server, 'sag-one', serial)
  const memory = createMemoryDisk()
  let full = false
  const disk: Disk = {
    read: memory.read,
    settle: memory.settle,
    async write(name, content) {
      if (full && name === 'desired-config.json') throw new Error('disk full')
      await memory.write(name, content)
    },
  }
  const gateway = await startGateway(site, { url: server.url, disk })
  await online(gateway)
  await holds(gateway, 'sag-one', 0)
  full = true
  await setThreshold(server, 'sag-one', 60)
  await setThreshold(server, 'sag-one', 61)
  expect(await synStatus(server, serial)).toBe('Synchronizing')
  expect(gateway.desiredConfig.inForce()?.revision).toBe(1)
  expect(await server.change(serial, 'New_password1')).toBe('accepted')

  full = false
  await until('it has the newest', () => {
    server.time.advance(1000)
    return gateway.desiredConfig.inForce()?.config.securityLockThreshold === 61
  })
})

test('a gateway that lost its configuration says so and gets it again', async () => {
  const server = await startServer(site)
  await server.add(serial)
  await addInstance(server, 'sag-one', serial)
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  await holds(gateway, 'sag-one', 0)
  await until('synchronised', async () => (await synStatus(server, serial)) === 'Synchronized')
  await gateway.desiredConfig.clear()
  gateway.connection.reportChanged()
  await holds(gateway, 'sag-one', 0)
})

test('a change at the gateway and a configuration on its way are told apart', async () => {
  const server = await startServer(site)
  await server.add(serial)
  await addInstance(server, 'sag-one', serial)
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  await holds(gateway, 'sag-one', 0)
  gateway.report = { ...gateway.report, localRevision: 1 }
  gateway.connection.reportChanged()
  await until('unsynchronised', async () => (await synStatus(server, serial)) === 'Unsynchronized')
  // What a person changed there does not hold up what the control plane sends.
  await setThreshold(server, 'sag-one', 60)
  await holds(gateway, 'sag-one', 60)
  expect(await synStatus(server, serial)).toBe('Unsynchronized')
  await server.channel.disconnect(serial)
  await onlineAgain(gateway)
  expect((await server.device(serial)).appliedRevision).toBe(2)
})
