import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Certification, createCertification } from '../../packages/agent/src/connection-certification.ts'
import { createNetworkReporting, type NetworkState } from '../../packages/agent/src/connection-network-report.ts'
import { createMemoryDisk } from '../../packages/agent/src/disk.ts'
import { frameLimit } from '../../packages/protocol/src/frames.ts'
import { createManualTime } from '../../packages/protocol/src/manual-time.ts'
import { Secret } from '../../packages/protocol/src/secret.ts'
import { statusOf } from '../../packages/server/src/model/status.ts'
import { createSealer } from '../../packages/server/src/sealing/sealing.ts'
import { createFleet } from '../../packages/server/src/store/fleet/create-fleet.ts'
import { addPop } from '../../packages/server/src/store/pops/pops.ts'
import { findNetworkReport } from '../../packages/server/src/store/pops/reports.ts'
import { type Repositories, writeUnit } from '../../packages/server/src/store/repositories.ts'
import { until } from '../support/time.ts'
import { startRawGateway } from './raw-gateway.ts'
import {
  createSite,
  enrolmentKey,
  masterKey,
  online,
  type Site,
  startGateway,
  startServer,
  type TestServer,
} from './site.ts'

let site: Site
beforeEach(async () => {
  site = await createSite()
})
afterEach(() => site.close())

const spki = (): Buffer => generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' })

function change<T>({ store, tellGateways, time }: TestServer, work: (all: Repositories) => Promise<T>): Promise<T> {
  return writeUnit({ store, sealer: createSealer(masterKey), businessClock: time.wallClock, tellGateways }, work)
}

async function addPopTo({ store }: TestServer): Promise<void> {
  await store.write(async (tx) => {
    const device = { serial: 'pop1', model: 'pop', version: '0.0.0.0', resettable: false, createdAt: 0 } as const
    await createFleet(tx, createSealer(masterKey)).addDevice({ ...device, enrolmentKey })
    await addPop(tx, { serial: 'pop1', endpoint: '203.0.113.1', at: 0 })
  })
}

/** Members of one CCN, each with many blocks. */
async function addMembers(server: TestServer, from: number, to: number): Promise<void> {
  await change(server, async ({ fleet, networks }) => {
    for (let n = from; n < to; n++) {
      const [id, serial] = [`sag-${n}`, `sag${String(n).padStart(5, '0')}`]
      const resettable = true
      await fleet.addDevice({
        serial,
        model: 'sag-1000',
        version: '2.3.1.1',
        resettable,
        createdAt: 0,
        enrolmentKey: Secret.of('key'),
      })
      await fleet.addInstance({
        id,
        accountId: '1',
        regionId: 'cn-shanghai',
        kind: 'hardware',
        spec: 'sag-1000',
        haType: 'no_backup',
        maxBandwidth: 50,
        orderId: `order-${n}`,
        alreadyHaveSag: true,
        periodMonths: 1,
        perpetual: true,
        activatedAt: 0,
        createdAt: 0,
      })
      await fleet.bind(serial, id, 'active', 0)
      await networks.bind(id, 'ccn-1', 0)
    }
  })
  await server.store.write((tx) =>
    tx.updateTable('device').set({ seal_key: 'seal' }).where('model', '!=', 'pop').execute(),
  )
}

async function withCcn(server: TestServer): Promise<void> {
  await server.store.write((tx) => tx.insertInto('account').values({ id: '1', name: 'one', created_at: 0 }).execute())
  await change(server, ({ networks }) =>
    networks.addCcn({
      id: 'ccn-1',
      accountId: '1',
      regionId: 'cn-shanghai',
      name: undefined,
      description: undefined,
      cidrs: [],
      snatCidrs: [],
      isDefault: false,
      createdAt: 0,
    }),
  )
}

test('a point of presence holds a configuration of many frames, and the next one after each change', async () => {
  const server = await startServer(site)
  await withCcn(server)
  await addPopTo(server)
  await addMembers(server, 0, 150)
  const pop = await startGateway(site, { url: server.url, serial: 'pop1', certification: createCertification() })
  await online(pop)
  const members = (): number | undefined => pop.desiredConfig.inForce()?.config.pop?.networks[0]?.members.length
  await until('it holds all members', () => members() === 150)
  expect(JSON.stringify(pop.desiredConfig.inForce()).length).toBeGreaterThan(frameLimit)
  await addMembers(server, 150, 151)
  server.tellGateways(new Set(['pop1']))
  await until('it holds the new one', () => members() === 151)
  const applied = async () => (await server.device('pop1')).appliedRevision
  await until('the server knows', async () => (await applied()) === pop.desiredConfig.inForce()?.revision)
  expect(pop.states.filter(({ is }) => is === 'online')).toHaveLength(1)
})

test('a device of the program before is not sent what is too long for it, and stays connected', async () => {
  const server = await startServer(site)
  await withCcn(server)
  await addPopTo(server)
  await addMembers(server, 0, 150)
  const pop = await startRawGateway(server.url, { serial: 'pop1', enrolmentKey, capabilities: ['config-trial'] })
  const pops = () => server.store.read((db) => db.selectFrom('pop').select('revision').execute())
  await until('the server has made its configuration', async () => (await pops())[0]?.revision === 1)
  expect(await server.commands.synchronise('pop1')).toBe('done')
  expect(pop.received.map(({ kind }) => kind)).not.toContain('configure')
  expect(pop.isClosed()).toBe(false)
})

test('a key is certified for the name of the device that asks, by one authority', async () => {
  const server = await startServer(site)
  const certified = []
  for (const serial of ['sag00001', 'sag00002']) {
    await server.add(serial)
    const certification: Certification = createCertification()
    await online(await startGateway(site, { url: server.url, serial, certification }))
    const key = spki()
    const { certificate, authority } = await certification.certify(key)
    const leaf = new X509Certificate(certificate)
    expect(leaf.subjectAltName).toBe(`DNS:${serial}.sag`)
    expect(leaf.verify(new X509Certificate(authority).publicKey)).toBe(true)
    certified.push(authority)
  }
  expect(certified[0]).toEqual(certified[1])
})

test('the authority is the same after a restart of the server, and sealed in its store', async () => {
  const ask = async (server: TestServer, serial: string): Promise<Buffer> => {
    await server.add(serial)
    const certification = createCertification()
    await online(await startGateway(site, { url: server.url, serial, certification }))
    return (await certification.certify(spki())).authority
  }
  const first = await startServer(site)
  const before = await ask(first, 'sag00001')
  const row = await first.store.read((db) =>
    db.selectFrom('setting').select('value').where('name', '=', 'network_authority').executeTakeFirst(),
  )
  expect(row?.value).toBeDefined()
  await first.stop()
  const second = await startServer(site)
  expect(await ask(second, 'sag00002')).toEqual(before)
})

test('whoever asks for a certificate of something else is disconnected', async () => {
  const server = await startServer(site)
  await server.add('sag00001')
  const gateway = await startRawGateway(server.url, { serial: 'sag00001', enrolmentKey })
  gateway.send({ kind: 'certify', key: Buffer.alloc(44, 1).toString('base64url') })
  await until('it is disconnected', () => gateway.isClosed())
})

test('a gateway that enrols becomes a member of the networks of its pop', async () => {
  const server = await startServer(site)
  await withCcn(server)
  await addPopTo(server)
  await addMembers(server, 0, 2)
  await server.store.write(async (tx) => {
    const fleet = createFleet(tx, createSealer(masterKey))
    await fleet.resetIdentity('sag00001', enrolmentKey)
  })
  const pop = await startGateway(site, { url: server.url, serial: 'pop1', certification: createCertification() })
  await online(pop)
  const members = () => pop.desiredConfig.inForce()?.config.pop?.networks[0]?.members.map(({ serial }) => serial)
  await until('it holds the other one', () => members()?.join() === 'sag00000')
  await online(await startGateway(site, { url: server.url, serial: 'sag00001' }))
  await until('it holds both', () => members()?.join() === 'sag00000,sag00001')
})

test('what a gateway says of its tunnels is what its instance is shown as, until it carries no packets any more', async () => {
  const server = await startServer(site)
  await withCcn(server)
  await addPopTo(server)
  await addMembers(server, 0, 1)
  await server.store.write((tx) => createFleet(tx, createSealer(masterKey)).resetIdentity('sag00000', enrolmentKey))
  let isUp = false
  let changed = (): void => {}
  const state: NetworkState = {
    read: async () => ({
      tunnels: [{ pop: 'pop1', isUp, since: 5 }],
      learnt: ['10.8.0.0/24'],
      leases: 3,
      traffic: { received: 1, sent: 2 },
    }),
    onChange: (listener) => {
      changed = listener
    },
  }
  const time = createManualTime()
  const problem = (error: unknown): never => {
    throw error
  }
  const disk = createMemoryDisk()
  const gateway = { url: server.url, serial: 'sag00000', disk }
  const first = await startGateway(site, {
    ...gateway,
    certification: createCertification(),
    network: createNetworkReporting({
      state,
      desiredConfig: { inForce: () => undefined, onTell: () => {} },
      timers: time.timers,
      problem,
    }),
  })
  await online(first)
  const status = () =>
    server.store.read(async (db) => {
      const instance = await createFleet(db).instanceById('sag-0')
      return instance && statusOf(instance, server.time.wallClock())
    })
  const told = () => server.store.read((db) => findNetworkReport(db, 'sag00000'))
  await until('it has been told', async () => (await told()) !== undefined)
  expect(await status()).toBe('Offline')
  isUp = true
  changed()
  time.advance(1000)
  await until('it is active', async () => (await status()) === 'Active')
  expect((await told())?.report).toEqual(await state.read())
  isUp = false
  changed()
  time.advance(1000)
  await until('it is not active', async () => (await status()) === 'Offline')
  await first.stop()
  // The same box, started without its network: nothing is known of tunnels, as of a simulated gateway.
  await online(await startGateway(site, gateway))
  expect(await status()).toBe('Active')
})
