import { Secret } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { Clients } from './clients.ts'
import { mostShares } from './shaping.ts'

const random = (bytes: number): Buffer => Buffer.alloc(bytes, 7)

function client(clients: Clients, cid: number, session: string, password = 'Secret-pass1') {
  const proof = clients.proofOf('anna', Secret.of(password))
  return { cid, session, proof, slot: clients.takeSlot() ?? 0, address: '10.9.0.2', bandwidth: 2000 }
}

test('who is removed has no session, and its number may be that of another one by then', () => {
  const clients = new Clients(random)
  const [old, young] = [client(clients, 0, 'a'), client(clients, 0, 'b')]
  clients.add(old)
  clients.add(young)
  clients.remove(old)
  expect(clients.bySession('a')).toBeUndefined()
  expect(clients.byCid(0)).toBe(young)
  expect(clients.all()).toEqual([young])
  clients.remove(young)
  expect(clients.byCid(0)).toBeUndefined()
})

test('only the same name with the same password is the same', () => {
  const clients = new Clients(random)
  const anna = client(clients, 0, 'a')
  expect(clients.isSame(anna, 'anna', Secret.of('Secret-pass1'))).toBe(true)
  expect(clients.isSame(anna, 'anna', Secret.of('Secret-pass2'))).toBe(false)
  expect(clients.isSame(anna, 'bert', Secret.of('Secret-pass1'))).toBe(false)
})

test('there are no more slots than filters have handles, and a slot that is free again is taken', () => {
  const clients = new Clients(random)
  const slots = Array.from({ length: mostShares + 5 }, () => clients.takeSlot())
  expect(new Set(slots.filter((slot) => slot !== undefined)).size).toBe(mostShares - 1)
  expect(slots.at(-1)).toBeUndefined()
  clients.freeSlot(9)
  expect(clients.takeSlot()).toBe(9)
})
