import { createManualTime } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { createSas } from './sas.ts'
import type { Vici } from './vici.ts'
import { decodePacket, encodePacket, packetType, type ReadSection, type ViciSection } from './vici-codec.ts'

const day = 86_400_000

function read(message: ViciSection): ReadSection {
  return decodePacket(encodePacket(packetType.response, '', message).subarray(4)).message
}

function listed(name: string, uniqueid: string, more: ViciSection = {}): ReadSection {
  const child = { name: 'net-1', state: 'INSTALLED' }
  return read({ [name]: { uniqueid, state: 'ESTABLISHED', 'child-sas': { 'net-1-1': child }, ...more } })
}

/** A charon that holds what is given, and what it was asked. No certificate is known to it. */
function openWorld(events: readonly ReadSection[]) {
  const asked: string[] = []
  const held = { events }
  const time = createManualTime(1_000)
  const vici = {
    async list(command: string, _event: string, message: ViciSection = {}) {
      asked.push([command, message['ike'] ?? message['subject'] ?? 'all'].join(' '))
      if (command === 'list-certs') return []
      return held.events.filter((event) => message['ike'] === undefined || event.has(String(message['ike'])))
    },
  } as unknown as Vici
  const sas = createSas(time.wallClock)
  return { asked, held, time, sas, read: (leaf = 1) => sas.read(vici, leaf, (name) => `${name}.sag`) }
}

test('all are read first, then those of tunnels that an event names, and without one none', async () => {
  const world = openWorld([listed('a', '1'), listed('b', '2')])
  await world.read()
  await world.read()
  expect(world.asked).toEqual(['list-sas all', 'list-certs a.sag', 'list-certs b.sag'])
  world.sas.heard('ike-updown', read({ up: 'yes', b: {} }))
  world.sas.doubt('c')
  world.held.events = [listed('a', '1'), listed('b', '3'), listed('c', '4')]
  await world.read(2)
  expect(world.asked.slice(3)).toEqual(['list-sas b', 'list-sas c', 'list-certs b.sag', 'list-certs c.sag'])
  expect(world.sas.all().map(({ id, leaf }) => [id, leaf])).toEqual([
    ['1', 1],
    ['3', 2],
    ['4', 2],
  ])
})

test('where many have changed all are read at once', async () => {
  const world = openWorld([])
  await world.read()
  for (let index = 0; index < 33; index++) world.sas.doubt(`t${index}`)
  await world.read()
  expect(world.asked).toEqual(['list-sas all', 'list-sas all'])
})

test('an SA with new keys is as old as the one before: no certificate was looked at', async () => {
  const world = openWorld([listed('a', '1')])
  await world.read(1)
  world.time.advance(5_000)
  world.sas.heard('ike-rekey', read({ a: { old: { uniqueid: '1' }, new: { uniqueid: '2' } } }))
  world.held.events = [listed('a', '2')]
  await world.read(2)
  expect(world.sas.all()).toEqual([
    { id: '2', name: 'a', isUp: true, child: 'net-1', peerEndsAt: 1_000 + day, leaf: 1 },
  ])
})

test('only what is established counts, and is up while its CHILD_SA carries packets', async () => {
  const states = ['INSTALLED', 'REKEYING', 'REKEYED', 'DELETING', 'CREATED'].map((state, index) =>
    listed(`t${index}`, String(index), { 'child-sas': { x: { name: 'net-1', state } } }),
  )
  const world = openWorld([...states, listed('u', '8', { state: 'CONNECTING' }), listed('v', '9', { 'child-sas': {} })])
  await world.read()
  expect(world.sas.all().map(({ name, isUp }) => [name, isUp])).toEqual([
    ['t0', true],
    ['t1', true],
    ['t2', true],
    ['t3', false],
    ['t4', false],
    ['v', false],
  ])
})

test('what could not be read is read again, all of it', async () => {
  const world = openWorld([])
  await world.read()
  world.sas.doubt('a')
  const broken = { list: () => Promise.reject(new Error('closed')) } as unknown as Vici
  await expect(world.sas.read(broken, 1, () => undefined)).rejects.toThrow('closed')
  await world.read()
  expect(world.asked).toEqual(['list-sas all', 'list-sas all'])
})
