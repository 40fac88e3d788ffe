import { afterEach, beforeEach, expect, test } from 'vitest'
import { setConnected } from '../store/gateways/presence.ts'
import type { GatewayConnection, GatewayConnections } from './held-gateways.ts'
import { sweep } from './sweep.ts'
import { createTestWorld, serial, type TestWorld } from './testing/channel-world.suite.ts'

let site: TestWorld
let held: GatewayConnections
beforeEach(async () => {
  site = await createTestWorld()
  held = new Map()
})
afterEach(() => site.close())

const connected = (node: string) => site.change((tx) => setConnected(tx, serial, { node, at: 0 }))
const nodeOf = async () => (await site.row())?.node

function gateway(signKey = 'sign'): GatewayConnection & { readonly ended: string[] } {
  const ended: string[] = []
  const one: Partial<GatewayConnection> = {
    signKey,
    isConnected: () => true,
    mayBeConnected: () => true,
    attended: () => undefined,
    end: async (reason) => void ended.push(reason),
  }
  return Object.assign(one as GatewayConnection, { ended })
}

test('a row that says this node although nobody is here is put right', async () => {
  await connected('this')
  await sweep(site.world, held)
  expect(await nodeOf()).toBeUndefined()
})

test('a gateway that comes while the sweep looks stays on line', async () => {
  await connected('this')
  site.beforeNextWrite(async () => held.set(serial, gateway()))
  await sweep(site.world, held)
  expect(await nodeOf()).toBe('this')
})

test('a connection whose gateway another node took off line ends', async () => {
  const one = gateway()
  held.set(serial, one)
  await sweep(site.world, held)
  expect(one.ended).toEqual(['Another node took the gateway off line.'])
})

test('a connection whose gateway has other keys by now ends, any other stays', async () => {
  await connected('this')
  const same = gateway()
  held.set(serial, same)
  await sweep(site.world, held)
  expect(same.ended).toEqual([])
  const other = gateway('the key from before')
  held.set(serial, other)
  await sweep(site.world, held)
  expect(other.ended).toEqual(['The gateway has to prove itself anew.'])
})
