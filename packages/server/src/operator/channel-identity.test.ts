import { randomBytes } from 'node:crypto'
import { Secret } from '@opensag/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ChannelIdentity, openIdentity } from '../channel/identity.ts'
import { createSealer } from '../sealing/sealing.ts'
import { createFleet } from '../store/fleet/create-fleet.ts'
import { enrolGateway } from '../store/gateways/gateways.ts'
import { temporaryFolder } from '../store/sqlite/folders.suite.ts'
import type { Store } from '../store/store.ts'
import { openTestStore } from '../store/testing/database.suite.ts'
import { channelIdentityPrepare, channelIdentityShow, channelIdentitySwitch } from './channel-identity.ts'
import { type OperatorContext, OperatorRefusal } from './command.ts'

const sealer = createSealer(Buffer.alloc(32, 7))
const open = (store: Store): Promise<ChannelIdentity> => openIdentity({ store, sealer, random: randomBytes })

let folder: string
let store: Store
let identity: ChannelIdentity
beforeEach(async () => {
  folder = temporaryFolder()
  store = await openTestStore(folder)
  identity = await open(store)
})
afterEach(() => store.close())

const context = (): OperatorContext => ({ store, channelIdentity: identity }) as unknown as OperatorContext
const show = (): Promise<unknown> => channelIdentityShow.run(context(), {})
const prepare = (): Promise<unknown> => channelIdentityPrepare.run(context(), {})
const turn = (force = false): Promise<unknown> => channelIdentitySwitch.run(context(), { force })

/** A gateway that has enrolled and said that it pinned this. */
async function add(serial: string, key: string | null, successor: string | null = null): Promise<void> {
  await store.write(async (tx) => {
    const device = { serial, model: 'sag-1000', version: '2.3.1.1', resettable: true, createdAt: 0 } as const
    await createFleet(tx, sealer).addDevice({ ...device, enrolmentKey: Secret.of('key') })
    await enrolGateway(tx, serial, { signKey: 'sign', sealKey: 'seal', at: 0 })
  })
  await pins(serial, key, successor)
}

async function pins(serial: string, key: string | null, successor: string | null): Promise<void> {
  const pinned = { server_key: key, server_successor: successor }
  await store.write((tx) => tx.updateTable('device').set(pinned).where('serial', '=', serial).execute())
}

test('the operator prepares a key, sees who holds it, and switches when all do', async () => {
  const { publicKey: key } = identity.keys.present
  await add('sag1', key)
  await add('sag2', key)
  expect(await show()).toEqual({ key, nextKey: null, ready: 2, waiting: 0, unknown: 0, other: 0, notReady: [] })
  const nextKey = identity.keys.next?.publicKey
  expect(nextKey).toBeUndefined()
  await expect(turn()).rejects.toThrow('channel-identity prepare')

  await prepare()
  const next = identity.keys.next?.publicKey ?? ''
  await pins('sag1', key, next)
  expect(await show()).toMatchObject({ nextKey: next, ready: 1, waiting: 1, notReady: ['sag2 (waiting)'] })
  await expect(turn()).rejects.toThrow(OperatorRefusal)
  await expect(turn()).rejects.toThrow('1 of 2 gateways do not hold the next key: sag2 (waiting).')
  expect(identity.keys.present.publicKey).toBe(key)

  await pins('sag2', key, next)
  expect(await turn()).toMatchObject({ key: next, nextKey: null, waiting: 2 })
  await pins('sag1', next, null)
  expect(await show()).toMatchObject({ ready: 1, waiting: 1 })
})

test('with --force the operator switches although gateways hold nothing or another key', async () => {
  const { publicKey: key } = identity.keys.present
  await add('sag1', null)
  await add('sag2', key, 'a thief')
  await prepare()
  expect(await show()).toMatchObject({ unknown: 1, other: 1, notReady: ['sag1 (unknown)', 'sag2 (other)'] })
  await expect(turn()).rejects.toThrow('2 of 2 gateways')
  expect(await turn(true)).toMatchObject({ unknown: 1, other: 1 })
})

test('a refusal names the first gateways and counts the others; a device that has not enrolled does not count', async () => {
  const { publicKey: key } = identity.keys.present
  for (let index = 10; index < 33; index++) await add(`sag${index}`, key)
  await store.write((tx) => tx.updateTable('device').set({ sign_key: null }).where('serial', '=', 'sag10').execute())
  await prepare()
  await expect(turn()).rejects.toThrow(/^22 of 22 .*sag11 \(waiting\), .*sag30 \(waiting\) and 2 more\./)
})

test('what was prepared and switched is there after a restart, and the old private key is not', async () => {
  const old = identity.keys.present
  const opened = await open(store)
  await prepare()
  await prepare()
  const { next } = identity.keys
  expect((await open(store)).keys).toMatchObject({
    present: { publicKey: old.publicKey },
    next: { publicKey: next?.publicKey },
  })
  await turn(true)
  const again = await open(store)
  expect(again.keys).toMatchObject({ present: { publicKey: next?.publicKey }, next: undefined })
  expect(again.keys.chain).toEqual(identity.keys.chain)
  expect(again.announced).toBeUndefined()
  const rows = await store.read((db) => db.selectFrom('setting').select(['name', 'value']).execute())
  expect(rows.map(({ name }) => name)).not.toContain('channel_identity_next')
  const secrets = rows.flatMap(({ name, value }) =>
    name === 'channel_identity' ? [sealer.open(value, `setting/value/${name}`).reveal()] : [],
  )
  expect(secrets).toEqual([next?.secret.reveal()])
  // One that was opened before works on what is there now, not on what it knew.
  await opened.prepare()
  expect(opened.keys.present.publicKey).toBe(next?.publicKey)
})

test('what one node prepares and switches, another one has after a refresh, and tells its gateways once', async () => {
  const other = await open(store)
  let told = 0
  other.onChange(() => void told++)
  await other.refresh()
  expect(told).toBe(0)
  await prepare()
  await other.refresh()
  expect(other.announced).toEqual(identity.announced)
  expect(other.announced).toBeDefined()
  await turn(true)
  await other.refresh()
  await other.refresh()
  expect(other.keys.present.publicKey).toBe(identity.keys.present.publicKey)
  expect(other.keys.next).toBeUndefined()
  expect(told).toBe(2)
})
