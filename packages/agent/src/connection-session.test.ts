import { randomBytes } from 'node:crypto'
import {
  announced,
  createKeyPair,
  createLink,
  type FromGateway,
  type FromServer,
  fromGatewaySchema,
  fromServerSchema,
  type Link,
  type LinkSocket,
  prepared,
  startServerHandshake,
} from '@opensag/protocol'
import { expect, test } from 'vitest'
import { until } from '../../../test/support/time.ts'
import type { Certification } from './connection-certification.ts'
import { openIdentity } from './connection-identity.ts'
import { runSession, type SessionContext } from './connection-session.ts'
import { createMemoryDisk, type Disk } from './disk.ts'

/** Two ends of one connection in this process. */
function createPair() {
  const server: Link<FromGateway, FromServer> = createLink<FromGateway, FromServer>({
    socket: to(() => gateway),
    incoming: fromGatewaySchema,
    onBeat() {},
  })
  const gateway: Link<FromServer, FromGateway> = createLink<FromServer, FromGateway>({
    socket: to(() => server),
    incoming: fromServerSchema,
    onBeat() {},
  })
  function to(
    other: () => { received(data: Buffer, isBinary: boolean): void; closed(reason: string): void },
  ): LinkSocket {
    return {
      bufferedAmount: 0,
      send: (data) => setImmediate(() => other().received(Buffer.from(data), typeof data !== 'string')),
      close: () => setImmediate(() => other().closed('closed')),
      terminate: () => setImmediate(() => other().closed('terminated')),
    }
  }
  return { server, gateway }
}

/** A gateway that was welcomed and has reported, and the server's end of its connection. */
async function open(disk: Disk, more: Partial<SessionContext> = {}) {
  const identity = await openIdentity({ disk, serial: 'sag1', random: randomBytes })
  const { server, gateway } = createPair()
  const world = {
    serial: 'sag1',
    identity,
    enrolmentKey: undefined,
    adminPassword: { status: async () => ({ generation: 0, unsettled: undefined, holds: undefined }) },
    desiredConfig: { status: () => ({}) },
    during: 0,
    random: randomBytes,
    report: () => ({}),
    ...more,
  } as unknown as SessionContext
  const key = createKeyPair('Ed25519', randomBytes)
  await identity.pin(key.publicKey)
  const session = runSession(gateway, world).catch((error: Error) => error.message)

  const handshake = startServerHandshake(key, randomBytes)
  server.sendText(handshake.hello)
  const { text, frames } = handshake.receive(await server.nextText()).welcome(undefined)
  server.sendText(text)
  server.seal(frames)
  await server.nextText()
  return { server, session }
}

test('a gateway that agreed to restart waits until the server has recorded it', async () => {
  const begun: string[] = []
  const { server, session } = await open(createMemoryDisk(), { restart: () => () => void begun.push('restart') })
  server.send({ kind: 'reboot', commandId: 'c' })
  expect(JSON.parse(await server.nextText())).toEqual({ kind: 'restarting', commandId: 'c' })
  let isOver = false
  void session.then(() => {
    isOver = true
  })
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect(isOver).toBe(false)
  server.send({ kind: 'go' })
  expect(await session).toBe('The gateway restarts.')
})

test('the server is told that a ticket is stored once it is on the disk', async () => {
  const files = createMemoryDisk()
  let letGo = (): void => {}
  const disk: Disk = {
    ...files,
    async write(name, content) {
      if (name === 'ticket.json') await new Promise<void>((resolve) => (letGo = resolve))
      await files.write(name, content)
    },
  }
  const { server, session } = await open(disk)
  server.send({ kind: 'ticket', ticket: 'A'.repeat(43) })
  let stored: string | undefined
  void server.nextText().then((message) => {
    stored = message
  })
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect(stored).toBeUndefined()
  letGo()
  await until('it is told', () => stored !== undefined)
  expect(JSON.parse(stored ?? '{}')).toEqual({ kind: 'ticket-stored' })
  server.end('over')
  expect(await session).toBe('terminated')
})

test('a server that presents the successor and does not prove it changes nothing on the disk', async () => {
  const disk = createMemoryDisk()
  const identity = await openIdentity({ disk, serial: 'sag1', random: randomBytes })
  const keys = prepared({ present: createKeyPair('Ed25519', randomBytes), next: undefined, chain: [] }, randomBytes)
  const named = announced(keys)
  if (named === undefined) throw new Error('Nothing is prepared.')
  await identity.pin(named.by)
  await identity.nameSuccessor(named)
  const { server, gateway } = createPair()
  const context = {
    serial: 'sag1',
    identity,
    enrolmentKey: undefined,
    random: randomBytes,
  } as unknown as SessionContext
  const session = runSession(gateway, context).catch((error: Error) => error.message)
  const handshake = startServerHandshake(createKeyPair('Ed25519', randomBytes), randomBytes)
  server.sendText(JSON.stringify({ ...JSON.parse(handshake.hello), serverKey: named.key }))
  server.sendText(handshake.receive(await server.nextText()).welcome(undefined).text)
  expect(await session).toBe('The server does not hold the key it presented.')
  expect([identity.serverKey(), identity.successor()]).toEqual([named.by, named.key])
})

test('a certificate goes to whoever asks for one, and costs a gateway that asks for none nothing', async () => {
  const answer = { certificate: 'c'.repeat(40), authority: 'a'.repeat(40) }
  const answers: unknown[] = []
  const certification = { answered: (given: unknown) => void answers.push(given) } as unknown as Certification
  const { server } = await open(createMemoryDisk(), { certification })
  server.send({ kind: 'certificate', ...answer })
  await until('it is there', () => answers.length > 0)
  expect(answers).toEqual([expect.objectContaining(answer)])

  const synced: number[] = []
  const other = await open(createMemoryDisk(), { onSynced: async (revision) => void synced.push(revision) })
  other.server.send({ kind: 'certificate', ...answer })
  other.server.send({ kind: 'synced', revision: 3 })
  await until('the next message', () => synced.length > 0)
})
