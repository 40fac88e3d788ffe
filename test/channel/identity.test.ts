import { Secret } from '@opensag/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMemoryDisk, type Disk } from '../../packages/agent/src/disk.ts'
import { type OperatorContext, OperatorMistake, OperatorRefusal } from '../../packages/server/src/operator/command.ts'
import { deviceTrust } from '../../packages/server/src/operator/devices.ts'
import { until } from '../support/time.ts'
import { createSite, online, onlineAgain, type Site, startGateway, startServer, type TestGateway } from './site.ts'

let site: Site
beforeEach(async () => {
  site = await createSite()
})
afterEach(() => site.close())

const serial = 'sag00001'

async function copyOf(disk: Disk): Promise<Disk> {
  const copy = createMemoryDisk()
  for (const name of ['identity.json', 'server.json', 'ticket.json']) {
    const content = await disk.read(name)
    if (content !== undefined) await copy.write(name, content)
  }
  return copy
}

function onlineAgainAfterRefusal(gateway: TestGateway): Promise<true> {
  return until('it is let in', () => {
    gateway.time.advance(1000)
    return gateway.connection.state.is === 'online'
  })
}

function refusal(gateway: TestGateway): Promise<true> {
  return until('the gateway is refused', () => gateway.states.some(({ is }) => is === 'refused'))
}

test('of two copies of one disk the second to connect is noticed', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const original = await startGateway(site, { url: server.url })
  await online(original)
  const copy = await startGateway(site, { url: server.url, disk: await copyOf(original.disk) })
  await online(copy)
  await until('the original lost its connection', () => original.connection.state.is === 'waiting')
  original.time.advance(60_000)
  await refusal(original)
  expect(original.connection.state).toMatchObject({ is: 'refused', code: 'StaleTicket' })
  expect(await server.events(serial)).toContain('DeviceHacked')
  expect((await server.device(serial)).connected).toBe(true)
})

test('another device with the same serial and enrolment key is refused and recorded once', async () => {
  const server = await startServer(site)
  await server.add(serial)
  await online(await startGateway(site, { url: server.url }))
  for (let attempt = 0; attempt < 2; attempt++) {
    const other = await startGateway(site, { url: server.url })
    await refusal(other)
    expect(other.connection.state).toMatchObject({ code: 'AlreadyEnrolled' })
  }
  expect((await server.events(serial)).filter((kind) => kind === 'DeviceHacked')).toHaveLength(1)
  expect((await server.device(serial)).connected).toBe(true)
})

test('a gateway whose enrolment was interrupted before it believed the server enrols again', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const disk = createMemoryDisk()
  let failures = 1
  const failing: Disk = {
    read: disk.read,
    settle: disk.settle,
    async write(name, content) {
      if (name === 'server.json' && failures-- > 0) throw new Error('The disk is full.')
      await disk.write(name, content)
    },
  }
  const gateway = await startGateway(site, { url: server.url, disk: failing })
  await until('it failed', () => gateway.connection.state.is === 'waiting')
  expect((await server.device(serial)).sealKey).toBeDefined()
  await onlineAgain(gateway)
  expect(await server.events(serial)).not.toContain('DeviceHacked')
})

test('a ticket whose confirmation was lost is as good as the one before', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  const before = await copyOf(gateway.disk)
  await server.store.write((tx) =>
    tx
      .updateTable('device')
      .set((row) => ({ ticket_next: row.ref('ticket'), ticket: 'older' }))
      .execute(),
  )
  await gateway.stop()
  await online(await startGateway(site, { url: server.url, disk: before }))
  expect(await server.events(serial)).not.toContain('DeviceHacked')
})

test('a ticket that was stored and never confirmed does not lock a gateway out', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  await gateway.stop()
  // As when the proof of an abandoned connection came late, and the server issued another one instead.
  const stored = JSON.parse((await gateway.disk.read('ticket.json')) ?? '') as { readonly ticket: string }
  await gateway.disk.write('ticket.json', JSON.stringify({ ticket: 'A'.repeat(43), before: stored.ticket }))
  await online(await startGateway(site, { url: server.url, disk: gateway.disk }))
  expect(await server.events(serial)).not.toContain('DeviceHacked')
})

test('an unknown serial and a wrong enrolment key get one and the same answer', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const unknown = await startGateway(site, { url: server.url, serial: 'sag99999' })
  const wrong = await startGateway(site, { url: server.url, key: Secret.of('a guess') })
  await refusal(unknown)
  await refusal(wrong)
  expect(unknown.connection.state).toEqual(wrong.connection.state)
  expect(await server.events(serial)).toEqual([])
})

test('whoever guesses is soon not even heard', async () => {
  const server = await startServer(site, { settings: { refusals: 2 } })
  await server.add(serial)
  for (let guess = 0; guess < 2; guess++) {
    await refusal(await startGateway(site, { url: server.url, key: Secret.of(`guess ${guess}`) }))
  }
  const third = await startGateway(site, { url: server.url })
  await until('it is turned away', () => third.connection.state.is === 'waiting')
  expect(third.connection.state).toMatchObject({ reason: expect.stringContaining('429') })
  server.time.advance(2000)
  await onlineAgain(third)
})

test('after a restored backup the operator lets the gateways in, each once and with its own keys', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  const backup = await server.store.read((db) => db.selectFrom('device').select('ticket').executeTakeFirstOrThrow())
  const trust = (input: unknown): Promise<unknown> =>
    deviceTrust.run({ store: server.store } as OperatorContext, deviceTrust.input.parse(input))
  await expect(trust({ serial })).rejects.toThrow('is connected')
  // Twice: a gateway also brings the ticket before its newest.
  for (let connection = 0; connection < 2; connection++) {
    await server.channel.disconnect(serial)
    await onlineAgain(gateway)
  }
  const copy = await copyOf(gateway.disk)
  await gateway.stop()
  await until('offline', async () => !(await server.device(serial)).connected)
  await server.store.write((tx) => tx.updateTable('device').set(backup).execute())

  const locked = await startGateway(site, { url: server.url, disk: gateway.disk })
  await refusal(locked)
  expect(locked.connection.state).toMatchObject({ code: 'StaleTicket' })
  for (const input of [{}, { serial, all: true }]) await expect(trust(input)).rejects.toThrow(OperatorMistake)
  await expect(trust({ serial: 'sag99999' })).rejects.toThrow(OperatorRefusal)
  expect(await trust({ all: true })).toEqual({ trusted: [serial] })
  await onlineAgainAfterRefusal(locked)
  await locked.stop()
  await until('offline', async () => !(await server.device(serial)).connected)

  const second = await startGateway(site, { url: server.url, disk: copy })
  await refusal(second)
  expect(second.connection.state).toMatchObject({ code: 'StaleTicket' })
})

test('a gateway does not talk to another server than the one it enrolled with', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  await gateway.stop()
  const elsewhere = await createSite()
  try {
    const other = await startServer(elsewhere)
    await other.add(serial)
    const moved = await startGateway(elsewhere, { url: other.url, disk: gateway.disk })
    await refusal(moved)
    expect(moved.connection.state).toMatchObject({ code: 'WrongServer' })
    expect((await other.device(serial)).sealKey).toBeUndefined()
  } finally {
    await elsewhere.close()
  }
})

test('a gateway the operator made the server forget enrols again with the keys it has', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  const { sealKey } = await server.device(serial)
  const forgotten = { sign_key: null, seal_key: null, enrolled_at: null, ticket: null, ticket_next: null }
  await server.store.write((tx) => tx.updateTable('device').set(forgotten).execute())
  await server.channel.disconnect(serial)
  await until('it is refused or online', () => {
    gateway.time.advance(1000)
    return gateway.states.some(({ is }) => is === 'refused')
  })
  await until('it enrolled again', () => {
    gateway.time.advance(1000)
    return gateway.connection.state.is === 'online'
  })
  expect((await server.device(serial)).sealKey).toBe(sealKey)
})
