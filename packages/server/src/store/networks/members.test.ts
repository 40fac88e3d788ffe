import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Harness, openHarness } from '../../apis/testing/harness.suite.ts'
import { addCcn, ip, putInto, setBlocks } from '../../apis/testing/networks.suite.ts'
import { usesBlock } from './members.ts'

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
