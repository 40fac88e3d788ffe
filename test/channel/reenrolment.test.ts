import { randomBytes } from 'node:crypto'
import { createKeyPair, Secret } from '@opensag/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMemoryDisk, type Disk } from '../../packages/agent/src/disk.ts'
import { createSealer } from '../../packages/server/src/sealing/sealing.ts'
import { offerReenrolment } from '../../packages/server/src/store/gateways/reenrolments.ts'
import { until } from '../support/time.ts'
import {
  createFakeVault,
  createSite,
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

const serial = 'sag00001'
const key = Secret.of('reenrol-a-key-of-the-operator')

async function copyOf(disk: Disk): Promise<Disk> {
  const copy = createMemoryDisk()
  for (const name of ['identity.json', 'server.json', 'ticket.json']) {
    const content = await disk.read(name)
    if (content !== undefined) await copy.write(name, content)
  }
  return copy
}

function offer({ store, time }: TestServer, forMs: number): Promise<void> {
  const at = time.wallClock()
  return store.write((tx) => offerReenrolment(tx, createSealer(masterKey), { serial, key, at, until: at + forMs }))
}

/** A gateway with a password that was connected twice, so that it has two tickets, and the copy of its disk that a thief has. */
async function stolen(server: TestServer) {
  await server.add(serial)
  const [disk, vault] = [createMemoryDisk(), createFakeVault()]
  for (let times = 0; times < 2; times++) {
    const gateway = await startGateway(site, { url: server.url, disk, vault })
    await online(gateway)
    if (times === 0) expect(await server.change(serial, 'Before_1')).toBe('accepted')
    await gateway.stop()
    await until('offline', async () => !(await server.device(serial)).connected)
  }
  return { disk, vault, copy: await copyOf(disk) }
}

test('a gateway that enrols anew has new keys and the password it had, and its old keys open nothing', async () => {
  const server = await startServer(site)
  const { disk, vault, copy } = await stolen(server)
  const { sealKey } = await server.device(serial)
  await offer(server, 1000)

  const gateway = await startGateway(site, { url: server.url, disk, vault, key })
  await online(gateway)
  expect((await server.device(serial)).sealKey).not.toBe(sealKey)
  expect(await gateway.accepts('Before_1', 'After_1')).toEqual(['Before_1'])
  expect(await server.change(serial, 'After_1')).toBe('accepted')
  expect(await gateway.accepts('Before_1', 'After_1')).toEqual(['After_1'])

  const thief = await startGateway(site, { url: server.url, disk: copy, key: undefined })
  await until('the thief is refused', () => thief.connection.state.is === 'refused')
  expect(thief.connection.state).toMatchObject({ code: 'NotAdmitted' })
  expect(gateway.connection.state.is).toBe('online')

  // Another box with the key: it has served.
  const other = await startGateway(site, { url: server.url, key })
  await until('the other box is answered', () => ['refused', 'online'].includes(other.connection.state.is))
  expect(other.connection.state).toMatchObject({ code: 'AlreadyEnrolled' })
  expect(gateway.connection.state.is).toBe('online')

  // With the same key again, as from a unit file.
  await gateway.stop()
  const again = await startGateway(site, { url: server.url, disk, vault, key })
  await online(again)
  expect(await again.accepts('After_1')).toEqual(['After_1'])
})

test('a key that has expired or was never given out leaves a gateway connected with the keys it has', async () => {
  const server = await startServer(site)
  const { disk, vault } = await stolen(server)
  const { sealKey } = await server.device(serial)
  await offer(server, 1000)
  server.time.advance(1000)
  const gateway = await startGateway(site, { url: server.url, disk, vault, key })
  await online(gateway)
  expect((await server.device(serial)).sealKey).toBe(sealKey)
})

test('the old keys count until the gateway has enrolled anew, and a thief who has them does not know the key', async () => {
  const server = await startServer(site)
  const { disk, vault } = await stolen(server)
  await offer(server, 1000)
  const gateway = await startGateway(site, { url: server.url, disk, vault, key: Secret.of('reenrol-a-guess') })
  await online(gateway)
  expect(await gateway.accepts('Before_1')).toEqual(['Before_1'])
})

test('a gateway that enrols anew believes the server that knows the key, whatever it had pinned', async () => {
  const server = await startServer(site)
  const { disk, vault } = await stolen(server)
  await server.stop()
  // Restored from before its switch: nobody believes the key it has.
  const keys = { present: createKeyPair('Ed25519', randomBytes), next: undefined, chain: [] }
  const other = await startServer(site, { keys })
  await offer(other, 1000)
  const gateway = await startGateway(site, { url: other.url, disk, vault, key })
  await online(gateway)
  expect(JSON.parse((await disk.read('server.json')) ?? '{}').serverKey).toBe(keys.present.publicKey)
})
