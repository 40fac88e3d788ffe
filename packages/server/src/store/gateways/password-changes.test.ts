import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '@opensag/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSealer } from '../../sealing/sealing.ts'
import { createFleet } from '../fleet/create-fleet.ts'
import type { Store } from '../store.ts'
import { openTestStore } from '../testing/database.suite.ts'
import {
  decidePasswordChange,
  failChangesOf,
  failUnattendedChanges,
  findPasswordChange,
  journalPasswordChange,
} from './password-changes.ts'
import { setAllOffline, setConnected, setOffline } from './presence.ts'

let folder: string
let store: Store
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-changes-'))
  store = await openTestStore(folder)
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

function journal(id: string, { serial = 'sag1' } = {}): Promise<void> {
  const change = {
    id,
    serial,
    instanceId: '',
    accountId: '',
    principal: '',
    requestId: '',
    requestedAt: 1000,
    generation: 1,
  }
  return store.write((tx) => journalPasswordChange(tx, change))
}

const decide = (id: string, outcome: 'succeeded' | 'failed') =>
  store.write((tx) => decidePasswordChange(tx, { id, outcome, at: 2000 }))
const outcomeOf = async (id: string) => (await store.read((db) => findPasswordChange(db, id)))?.outcome

async function addDevice(serial: string, node?: string): Promise<void> {
  const device = { serial, model: 'sag-1000', version: '2.3.1.1', resettable: true, createdAt: 0 } as const
  await store.write(async (tx) => {
    const fleet = createFleet(tx, createSealer(Buffer.alloc(32)))
    await fleet.addDevice({ ...device, enrolmentKey: Secret.of('key') })
    if (node !== undefined) await setConnected(tx, serial, { node, at: 500 })
  })
}

test('the first decision counts, and everybody after it is told', async () => {
  await journal('one')
  expect(await Promise.all([decide('one', 'failed'), decide('one', 'succeeded')])).toEqual(['failed', 'failed'])
  expect(await outcomeOf('one')).toBe('failed')
})

test('there is nothing to decide about a change nobody journalled', async () => {
  expect(await decide('none', 'failed')).toBeUndefined()
})

test('changes nobody attends to fail: those of gateways this node or nobody holds, never those of another node', async () => {
  await addDevice('mine', 'this')
  await addDevice('free')
  await addDevice('theirs', 'other')
  for (const serial of ['mine', 'free', 'theirs', 'removed']) await journal(serial, { serial })
  await journal('attended', { serial: 'mine' })
  const attended = (): ReadonlySet<string> => new Set(['attended'])
  expect(await store.write((tx) => failUnattendedChanges(tx, { node: 'this', at: 3000, attended }))).toBe(3)
  for (const id of ['mine', 'free', 'removed']) expect(await outcomeOf(id)).toBe('failed')
  for (const id of ['theirs', 'attended']) expect(await outcomeOf(id)).toBe('requested')
})

test('once a gateway is settled none of its changes is open any more', async () => {
  for (const [id, serial] of [
    ['one', 'sag1'],
    ['two', 'sag1'],
    ['other', 'sag2'],
  ] as const)
    await journal(id, { serial })
  await decide('one', 'succeeded')
  await store.write((tx) => failChangesOf(tx, 'sag1', 3000))
  expect([await outcomeOf('one'), await outcomeOf('two'), await outcomeOf('other')]).toEqual([
    'succeeded',
    'failed',
    'requested',
  ])
})

test('only the node that holds a gateway says that it is offline', async () => {
  await addDevice('mine', 'this')
  await addDevice('theirs', 'other')
  const goodbye = { node: 'this', at: 4000, reason: 'gone' }
  await store.write((tx) => setOffline(tx, 'theirs', goodbye))
  expect(await store.write((tx) => setAllOffline(tx, goodbye))).toBe(1)
  await store.write((tx) => setOffline(tx, 'mine', goodbye))
  const devices = await store.read((db) =>
    db.selectFrom('device').select(['serial', 'node']).orderBy('serial').execute(),
  )
  expect(devices).toEqual([
    { serial: 'mine', node: null },
    { serial: 'theirs', node: 'other' },
  ])
  const events = await store.read((db) =>
    db.selectFrom('device_event').select(['serial', 'at', 'detail']).where('kind', '=', 'DeviceOffline').execute(),
  )
  expect(events).toEqual([{ serial: 'mine', at: 4000, detail: 'gone' }])
})
