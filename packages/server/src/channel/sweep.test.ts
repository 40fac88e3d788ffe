import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '@opensag/protocol'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSealer } from '../sealing/sealing.ts'
import { createFleet } from '../store/fleet/create-fleet.ts'
import { enrolGateway, findGateway } from '../store/gateways/gateways.ts'
import { findPasswordChange, journalPasswordChange } from '../store/gateways/password-changes.ts'
import { setConnected } from '../store/gateways/presence.ts'
import type { Store } from '../store/store.ts'
import { openTestStore } from '../store/testing/database.suite.ts'
import type { ChannelContext } from './context.ts'
import type { GatewayConnection } from './held-gateways.ts'
import { sweep } from './sweep.ts'

let folder: string
let store: Store
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-sweep-'))
  store = await openTestStore(folder)
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

async function addConnected(): Promise<void> {
  const device = { serial: 'sag1', model: 'sag-1000', version: '2.3.1.1', resettable: true, createdAt: 0 } as const
  await store.write(async (tx) => {
    await createFleet(tx, createSealer(Buffer.alloc(32))).addDevice({ ...device, enrolmentKey: Secret.of('key') })
    await enrolGateway(tx, 'sag1', { signKey: 'key', sealKey: 'key', at: 0 })
    await setConnected(tx, 'sag1', { node: 'this', at: 500 })
  })
}

const change = { id: 'begun', serial: 'sag1', instanceId: '', accountId: '', principal: '', requestId: '' }

test('the end of a connection could not be recorded: with its change its row goes, though a newer one is being settled', async () => {
  await addConnected()
  await store.write((tx) => journalPasswordChange(tx, { ...change, requestedAt: 1000, generation: 1 }))
  const newer = { signKey: 'key', isConnected: () => false, mayBeConnected: () => false, attended: () => undefined }
  const world = { store, nodeId: 'this', wallClock: () => 2000, logger: pino({ level: 'silent' }) }
  await sweep(world as ChannelContext, new Map([['sag1', newer as unknown as GatewayConnection]]))
  expect((await store.read((db) => findPasswordChange(db, 'begun')))?.outcome).toBe('failed')
  expect((await store.read((db) => findGateway(db, 'sag1')))?.node).toBeUndefined()
})

test('a change that begins while it looks is not taken for one that nobody attends to', async () => {
  await addConnected()
  let turn: string | undefined
  const gateway = {
    signKey: 'key',
    isConnected: () => true,
    mayBeConnected: () => true,
    attended: () => turn,
  } as GatewayConnection

  /** Given its turn and journalled as soon as somebody else is being waited for. */
  async function begin(): Promise<void> {
    if (turn !== undefined) return
    turn = 'begun'
    await store.write((tx) => journalPasswordChange(tx, { ...change, requestedAt: 1000, generation: 1 }))
  }

  const busy: Store = {
    ...store,
    async write(work) {
      await begin()
      return store.write(work)
    },
  }
  const world = { store: busy, nodeId: 'this', wallClock: () => 2000, logger: pino({ level: 'silent' }) }
  await sweep(world as ChannelContext, new Map([['sag1', gateway]]))
  expect((await store.read((db) => findPasswordChange(db, 'begun')))?.outcome).toBe('requested')
})
