import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  createKeyPair,
  type Frames,
  type FromGateway,
  type FromServer,
  type GatewayProof,
  type KeyPair,
  Secret,
  startGatewayHandshake,
} from '@opensag/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createSealer } from '../../packages/server/src/sealing/sealing.ts'
import { createFleet } from '../../packages/server/src/store/fleet/create-fleet.ts'
import { saveCapabilities } from '../../packages/server/src/store/gateways/gateways.ts'
import type { Store } from '../../packages/server/src/store/store.ts'
import { until } from '../support/time.ts'
import { rawReport } from './raw-gateway.ts'
import { createSite, enrolmentKey, online, onlineAgain, type Site, startGateway, startServer } from './site.ts'

let site: Site
beforeEach(async () => {
  site = await createSite()
})
afterEach(() => site.close())

const serial = 'sag00001'
const newKeys = () => ({
  signing: createKeyPair('Ed25519', randomBytes),
  sealing: createKeyPair('X25519', randomBytes),
})

interface Visit {
  /** What the server said of the proof. */
  readonly verdict: string
  readonly received: readonly FromServer[]
  isClosed(): boolean
  send(message: FromGateway): void
}

/** Opens a connection, proves what is given, and hears the verdict. */
async function visit(url: string, proof: Partial<GatewayProof>): Promise<Visit> {
  const socket = new WebSocket(url)
  site.later(async () => socket.terminate())
  const texts: string[] = []
  const received: FromServer[] = []
  let frames: Frames | undefined
  let closed = false
  socket.on('error', () => {})
  socket.on('close', () => {
    closed = true
  })
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary && frames !== undefined) received.push(JSON.parse(frames.open(data)) as FromServer)
    else texts.push(data.toString('utf8'))
  })
  await until('hello', () => texts.length === 1)
  const { serverKey } = JSON.parse(texts[0] ?? '')
  const given = { serial, serverKey, enrolmentKey: undefined, ...newKeys(), ...proof }
  const handshake = startGatewayHandshake(texts[0] ?? '', given, randomBytes)
  socket.send(handshake.prove)
  await until('the verdict', () => texts.length === 2 || closed)
  const result = handshake.receive(texts[1] ?? '')
  if (result.is === 'welcomed') frames = result.frames
  return {
    verdict: result.is === 'refused' ? result.code : result.is,
    received,
    isClosed: () => closed,
    send(message) {
      if (frames === undefined) throw new Error('It was refused.')
      socket.send(frames.seal(JSON.stringify(message)), { binary: true })
    },
  }
}

/** Keys whose public halves are those of the gateway, which anybody may have seen. */
async function publicKeysOf(store: Store): Promise<{ readonly signing: KeyPair; readonly sealing: KeyPair }> {
  const { signing, sealing } = newKeys()
  const row = await store.read((db) =>
    db.selectFrom('device').select(['sign_key', 'seal_key']).where('serial', '=', serial).executeTakeFirstOrThrow(),
  )
  return {
    signing: { ...signing, publicKey: row.sign_key ?? '' },
    sealing: { ...sealing, publicKey: row.seal_key ?? '' },
  }
}

describe('somebody who comes in the name of a gateway', () => {
  test.each(['other keys', 'its public keys'])('with %s is refused, and does not keep it out', async (which) => {
    const server = await startServer(site, { settings: { comings: 4, comingBackMs: 600_000 } })
    await server.add(serial)
    const gateway = await startGateway(site, { url: server.url })
    await online(gateway)
    for (let time = 0; time < 8; time++) {
      const keys = which === 'other keys' ? newKeys() : await publicKeysOf(server.store)
      expect((await visit(server.url, keys)).verdict).toBe('NotAdmitted')
    }
    expect((await server.device(serial)).connected).toBe(true)
    // Told to come back later, it would not be on line: the time of the server stands still.
    await server.channel.disconnect(serial)
    await onlineAgain(gateway)
    expect(await server.events(serial)).not.toContain('DeviceHacked')
  })

  test('is not confirmed either', async () => {
    const server = await startServer(site)
    await server.add(serial)
    await online(await startGateway(site, { url: server.url }))
    for (const keys of [newKeys(), await publicKeysOf(server.store)]) {
      expect((await visit(server.url, { ...keys, confirms: true })).verdict).toBe('NotAdmitted')
    }
    expect(await server.events(serial)).not.toContain('DeviceHacked')
  })
})

test('an enrolment key that is replaced while its proof is being looked at enrols nobody', async () => {
  let between = async (): Promise<unknown> => undefined
  const within = (store: Store): Store => ({
    ...store,
    async read(work) {
      const result = await store.read(work)
      await between()
      return result
    },
  })
  const server = await startServer(site, { within })
  await server.add(serial)
  between = async () => {
    between = async () => undefined
    await server.store.write((tx) =>
      createFleet(tx, createSealer(Buffer.alloc(32))).resetIdentity(
        serial,
        Secret.of('the-key-that-counts-from-now-on'),
      ),
    )
  }
  expect((await visit(server.url, { enrolmentKey, serverKey: undefined })).verdict).toBe('NotAdmitted')
  expect((await server.device(serial)).sealKey).toBeUndefined()
})

test('a gateway that is not settled may answer what it is asked, and nothing else', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const gateway = await visit(server.url, { enrolmentKey, serverKey: undefined })
  gateway.send({ kind: 'report', report: rawReport, password: { generation: 0 } })
  await until('its ticket', () => gateway.received.some(({ kind }) => kind === 'ticket'))
  gateway.send({ kind: 'nack', changeId: 'none', reason: 'failed' })
  await until('it is disconnected', () => gateway.isClosed())
  expect((await server.device(serial)).connected).toBe(false)
})

test('a page in a browser opens no connection', async () => {
  const server = await startServer(site)
  const socket = new WebSocket(server.url, { origin: 'http://intranet.example' })
  socket.on('error', () => {})
  const [, response] = await once(socket, 'unexpected-response')
  expect(response.statusCode).toBe(403)
  socket.terminate()
})

test('what a gateway can do is kept when it connects, and again when it comes with another program', async () => {
  const server = await startServer(site)
  await server.add(serial)
  const gateway = await startGateway(site, { url: server.url })
  await online(gateway)
  expect((await server.device(serial)).capabilities).toBe(
    'config-trial dnat qos flow-log acl health-check probe-task dpi monitor diagnosis',
  )
  await server.store.write((tx) => saveCapabilities(tx, serial, []))
  expect((await server.device(serial)).capabilities).toBeUndefined()
  await server.channel.disconnect(serial)
  await onlineAgain(gateway)
  expect((await server.device(serial)).capabilities).toBe(
    'config-trial dnat qos flow-log acl health-check probe-task dpi monitor diagnosis',
  )
})
