import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '@opensag/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSealer } from '../sealing/sealing.ts'
import { createFleet } from '../store/fleet/create-fleet.ts'
import { eventsOf } from '../store/gateways/events.ts'
import { enrolGateway, findGateway } from '../store/gateways/gateways.ts'
import { saveHeldPassword } from '../store/gateways/held-passwords.ts'
import { journalPasswordChange } from '../store/gateways/password-changes.ts'
import { setConnected } from '../store/gateways/presence.ts'
import type { Store } from '../store/store.ts'
import { openTestStore } from '../store/testing/database.suite.ts'
import { adoptReported, decideChange, isStillLast, lookAtReported } from './journal.ts'

let folder: string
let store: Store
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-journal-'))
  store = await openTestStore(folder)
  await store.write(async (tx) => {
    for (const serial of ['sag1', 'sag2']) {
      const device = { serial, model: 'sag-1000', version: '2.3.1.1', resettable: true, createdAt: 0 } as const
      await createFleet(tx, createSealer(Buffer.alloc(32))).addDevice({ ...device, enrolmentKey: Secret.of('key') })
      await enrolGateway(tx, serial, { signKey: 'key', sealKey: 'key', at: 0 })
      await setConnected(tx, serial, { node: 'dead', at: 500 })
      const change = { id: `change of ${serial}`, serial, instanceId: '', accountId: '', principal: '', requestId: '' }
      await journalPasswordChange(tx, { ...change, requestedAt: 1000, generation: 1 })
    }
  })
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

const wallClock = (): number => 2000
const reported = { serial: 'sag1', sealKey: 'key', unsettled: 'change of sag1', holds: undefined }
const nodeOf = async (serial: string) => (await store.read((db) => findGateway(db, serial)))?.node

test('a reported change fails: the gateway counts as not connected from then on, though another node had it', async () => {
  expect((await lookAtReported({ store, wallClock }, reported)).outcome).toBe('failed')
  expect(await nodeOf('sag1')).toBeUndefined()
  expect((await store.read((db) => eventsOf(db, 'sag1', 1)))[0]?.kind).toBe('DeviceOffline')
})

test('a reported change was decided before: nobody is taken off line for it', async () => {
  const wanted = { ...reported, changeId: reported.unsettled, generation: 1, offline: false, deposit: undefined }
  await decideChange({ store, wallClock }, { epoch: 0, ...wanted, outcome: 'succeeded' })
  expect((await lookAtReported({ store, wallClock }, reported)).outcome).toBe('succeeded')
  expect(await nodeOf('sag1')).toBe('dead')
})

test('a reported change of another gateway is none of this one, and stays as it is', async () => {
  const looked = await lookAtReported({ store, wallClock }, { ...reported, unsettled: 'change of sag2' })
  expect(looked.outcome).toBeUndefined()
  expect([await nodeOf('sag1'), await nodeOf('sag2')]).toEqual(['dead', 'dead'])
  expect(
    (await lookAtReported({ store, wallClock }, { ...reported, serial: 'sag2', unsettled: 'change of sag2' })).outcome,
  ).toBe('failed')
})

test('a change was failed before: a proof that comes too late is not recorded as what the gateway holds', async () => {
  const wanted = { ...reported, changeId: reported.unsettled, generation: 1, deposit: 'deposit' }
  await decideChange({ store, wallClock }, { epoch: 0, ...wanted, outcome: 'failed', offline: true })
  expect(await decideChange({ store, wallClock }, { epoch: 0, ...wanted, outcome: 'succeeded', offline: false })).toBe(
    'failed',
  )
  expect((await lookAtReported({ store, wallClock }, { ...reported, unsettled: undefined })).last).toBeUndefined()
})

test('what was compared is still so only while no other change has succeeded with the same keys', async () => {
  const isStill = (changeId: string | undefined, sealKey = 'key') => {
    const last = changeId === undefined ? undefined : { changeId, generation: 1 }
    return store.write((tx) => isStillLast(tx, { serial: 'sag1', sealKey, last }))
  }
  expect([await isStill(undefined), await isStill('one')]).toEqual([true, false])
  await store.write((tx) =>
    saveHeldPassword(tx, 'sag1', { changeId: 'one', generation: 1, sealKey: 'key', deposit: 'd' }, 0),
  )
  expect([await isStill(undefined), await isStill('one'), await isStill('two')]).toEqual([false, true, false])
  expect([await isStill(undefined, 'others'), await isStill('one', 'others')]).toEqual([true, false])
})

test('a reported change is adopted only while what it was compared with is still the last one', async () => {
  const change = { changeId: 'reported', generation: 7 }
  const adopt = (): Promise<{ readonly done: boolean }> =>
    adoptReported({ store, wallClock }, { ...reported, last: undefined, change, deposit: 'deposit' })
  const lastNow = async () => (await lookAtReported({ store, wallClock }, { ...reported, unsettled: undefined })).last
  await store.write((tx) =>
    saveHeldPassword(tx, 'sag1', { changeId: 'newer', generation: 8, sealKey: 'key', deposit: 'd' }, 0),
  )
  expect(await adopt()).toEqual({ done: false, last: undefined })
  expect(await lastNow()).toEqual({ changeId: 'newer', generation: 8 })
  expect(await store.read((db) => eventsOf(db, 'sag1', 5))).not.toContainEqual(
    expect.objectContaining({ kind: 'ServerRolledBack' }),
  )
  await store.write((tx) =>
    saveHeldPassword(tx, 'sag1', { changeId: 'older', generation: 6, sealKey: 'key', deposit: undefined }, 0),
  )
  expect(await adopt()).toEqual({ done: true, last: change })
  expect(await lastNow()).toEqual(change)
})
