import { afterEach, beforeEach, expect, test } from 'vitest'
import { findHeldPassword } from '../store/gateways/held-passwords.ts'
import { setConnected } from '../store/gateways/presence.ts'
import { decideChange } from './journal.ts'
import { createTestWorld, serial, type TestWorld } from './testing/channel-world.suite.ts'

let site: TestWorld
beforeEach(async () => {
  site = await createTestWorld()
  await site.change((tx) => setConnected(tx, serial, { node: 'this', at: 0 }))
  await site.addChange('one')
})
afterEach(() => site.close())

const wanted = { serial, epoch: 0, sealKey: 'seal', changeId: 'one', generation: 1, deposit: 'deposit' }
const decide = (outcome: 'succeeded' | 'failed', offline: boolean) =>
  decideChange(site.world, { ...wanted, outcome, offline })
const nodeOf = async () => (await site.row())?.node

test('a change that was not proved in time takes its gateway off line, with the same commit', async () => {
  expect(await decide('failed', true)).toBe('failed')
  expect(await nodeOf()).toBeUndefined()
  expect(await site.events()).toEqual(['DeviceOnline', 'DeviceOffline'])
})

test('a change that the gateway refused leaves it connected, and holding what it held', async () => {
  expect(await decide('failed', false)).toBe('failed')
  expect(await nodeOf()).toBe('this')
  expect(await site.store.read((db) => findHeldPassword(db, serial))).toBeUndefined()
})

test('a change that succeeded is what the gateway holds, with what it deposited', async () => {
  expect(await decide('succeeded', false)).toBe('succeeded')
  expect(await site.store.read((db) => findHeldPassword(db, serial))).toEqual({
    changeId: 'one',
    generation: 1,
    sealKey: 'seal',
    deposit: 'deposit',
  })
})

test('a change that was decided before takes nobody off line', async () => {
  await decide('succeeded', false)
  expect(await decide('failed', true)).toBe('succeeded')
  expect(await nodeOf()).toBe('this')
})
