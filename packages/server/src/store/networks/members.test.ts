import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Harness, openHarness } from '../../apis/testing/harness.suite.ts'
import { addCcn, ip, putInto, setBlocks } from '../../apis/testing/networks.suite.ts'
import { countMembers, usesBlock } from './members.ts'

let world: Harness
beforeEach(async () => {
  world = await openHarness()
})
afterEach(() => world.close())

test.each([
  ['10.1.0.0/32', true],
  ['10.1.0.0/24', true],
  ['10.0.255.255/32', true],
  ['10.0.255.0/32', false],
  ['10.0.255.254/32', false],
  ['10.1.0.1/32', true],
  ['10.1.1.0/24', false],
])('a member that has %s uses an address of 10.0.255.255–10.1.0.255: %s', async (block, uses) => {
  const ccn = await addCcn(world, { range: '10.0.0.0/8' })
  const instance = await world.addInstance()
  await putInto(world, instance, ccn)
  await setBlocks(world, instance, block)
  const span = { first: ip('10.0.255.255'), last: ip('10.1.0.255') }
  expect(await world.store.read((db) => usesBlock(db, ccn, span))).toBe(uses)
})

test('a member that is locked, restarting or away is not up', async () => {
  const ccn = await addCcn(world, { range: '10.0.0.0/8' })
  for (const columns of [{}, { locked_since: 1 }, { restarting_since: 1 }, { node: null }]) {
    const instance = await world.addInstance()
    const serial = await world.addDevice(instance)
    await putInto(world, instance, ccn)
    if (Object.keys(columns).length === 0) continue
    await world.store.write((tx) => tx.updateTable('device').set(columns).where('serial', '=', serial).execute())
  }
  expect((await world.store.read((db) => countMembers(db, [ccn]))).get(ccn)).toEqual({ members: 4, up: 1 })
})
