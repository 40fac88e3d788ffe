import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMemoryDisk, type Disk } from '../../packages/agent/src/disk.ts'
import { channelIdentityShow } from '../../packages/server/src/operator/channel-identity.ts'
import type { OperatorContext } from '../../packages/server/src/operator/command.ts'
import { until } from '../support/time.ts'
import { rawReport, startRawGateway } from './raw-gateway.ts'
import {
  createSite,
  enrolmentKey,
  online,
  onlineAgain,
  type Site,
  startGateway,
  startServer,
  type TestGateway,
  type TestServer,
} from './site.ts'

let site: Site
beforeEach(async () => {
  site = await createSite()
})
afterEach(() => site.close())

const serial = 'sag00001'

const readKey = async (disk: Disk): Promise<string> => JSON.parse((await disk.read('server.json')) ?? '{}').serverKey

function show({ store, identity }: TestServer): Promise<unknown> {
  return channelIdentityShow.run({ store, channelIdentity: identity } as unknown as OperatorContext, {})
}

async function counts(server: TestServer, counted: object): Promise<void> {
  const seen = async (): Promise<object> => (await show(server)) as object
  await until(`the operator sees ${JSON.stringify(counted)}`, async () => {
    const now = await seen()
    return Object.entries(counted).every(([name, value]) => now[name as keyof typeof now] === value)
  })
}

const times = (gateway: TestGateway): number => gateway.states.filter(({ is }) => is === 'online').length

test('connected gateways pin the next key and follow the switch without a reconnection', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  const old = await readKey(gateway.disk)
  await counts(server, { ready: 1 })

  await server.identity.prepare()
  const next = server.identity.keys.next?.publicKey ?? ''
  await counts(server, { ready: 1, waiting: 0 })
  expect(JSON.parse((await gateway.disk.read('server-next.json')) ?? '')).toEqual({ by: old, key: next })
  expect(await readKey(gateway.disk)).toBe(old)

  await server.identity.switch()
  await counts(server, { key: next, ready: 1, waiting: 0 })
  expect(await readKey(gateway.disk)).toBe(next)
  expect(times(gateway)).toBe(1)

  await server.channel.disconnect(serial)
  await onlineAgain(gateway)
  expect(await readKey(gateway.disk)).toBe(next)
})

test('a gateway that connects between preparation and switch is told, and one that was away all the time follows', async () => {
  const server = await startServer(site)
  const [early, away] = ['sag00001', 'sag00002']
  for (const one of [early, away]) await server.add(one)
  const disks = { [early]: createMemoryDisk(), [away]: createMemoryDisk() }
  for (const one of [early, away]) {
    const gateway = await startGateway(site, { url: server.url, serial: one, disk: disks[one] as Disk })
    await online(gateway)
    await gateway.stop()
  }
  await server.identity.prepare()
  await counts(server, { waiting: 2 })
  const told = await startGateway(site, { url: server.url, serial: early, disk: disks[early] as Disk })
  await counts(server, { ready: 1, waiting: 1 })
  await told.stop()

  await server.identity.switch()
  for (const one of [early, away]) {
    await online(await startGateway(site, { url: server.url, serial: one, disk: disks[one] as Disk, key: undefined }))
    expect(await readKey(disks[one] as Disk)).toBe(server.identity.keys.present.publicKey)
  }
  await counts(server, { ready: 2, waiting: 0 })
})

test('a gateway that has followed the switch does not talk to a server with the old key', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const disk = createMemoryDisk()
  const gateway = await startGateway(site, { url: server.url, disk })
  await online(gateway)
  const stolen = server.identity.keys
  await server.identity.prepare()
  await server.identity.switch()
  await until('it has gone on', async () => (await readKey(disk)) === server.identity.keys.present.publicKey)
  await gateway.stop()

  const elsewhere = await createSite()
  try {
    const thief = await startServer(elsewhere, { keys: stolen })
    await thief.add(serial)
    const led = await startGateway(elsewhere, { url: thief.url, disk })
    await until('it refuses him', () => led.connection.state.is === 'refused')
    expect(led.connection.state).toMatchObject({ code: 'WrongServer' })
  } finally {
    await elsewhere.close()
  }
})

test('a gateway whose disk takes no successor stays connected, and holds it once it can', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const files = createMemoryDisk()
  let isFull = true
  const disk: Disk = {
    ...files,
    async write(name, content) {
      if (name === 'server-next.json' && isFull) throw new Error('The disk is full.')
      await files.write(name, content)
    },
  }
  const gateway = await startGateway(site, { url: server.url, disk })
  await online(gateway)
  await server.identity.prepare()
  await counts(server, { waiting: 1, ready: 0 })
  isFull = false
  // A report is answered with the successor that is missing in it.
  gateway.connection.reportChanged()
  await counts(server, { waiting: 0, ready: 1 })
  expect(times(gateway)).toBe(1)
})

test('a gateway of 0.1.0 is told nothing it does not know, and counts as unknown', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const raw = await startRawGateway(server.url, { serial, enrolmentKey })
  await server.identity.prepare()
  raw.send({ kind: 'report', report: { ...rawReport, serviceIp: '192.0.2.8' }, password: { generation: 0 } })
  await until('its report is there', async () => (await server.device(serial)).serviceIp === '192.0.2.8')
  await counts(server, { unknown: 1 })
  await server.identity.switch()
  raw.send({ kind: 'beat' })
  await until('it is answered', () => raw.received.some(({ kind }) => kind === 'beat'))
  const kinds = raw.received.map(({ kind }) => kind)
  expect(kinds).not.toContain('successor')
  expect(kinds).not.toContain('switched')
  expect(raw.isClosed()).toBe(false)
})
