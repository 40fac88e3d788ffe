import { randomBytes } from 'node:crypto'
import { createManualTime } from '@opensag/protocol'
import pino from 'pino'
import { expect, test } from 'vitest'
import { limit, until } from '../../../../../test/support/time.ts'
import { definitionOf } from './definition.ts'
import { createTunnels } from './tunnels.ts'
import type { Vici } from './vici.ts'
import { decodePacket, encodePacket, packetType, type ReadSection, type ViciSection } from './vici-codec.ts'

const definition = definitionOf(
  { identity: 'sag1.sag', address: '198.18.0.1', wan: '203.0.113.10', tunnels: [] },
  { name: 'pop1', identity: 'pop1.sag', endpoint: '203.0.113.1', address: '198.18.128.2' },
)
const leaf = { number: 1, key: Buffer.from('k'), certificate: Buffer.from('c'), authority: Buffer.from('a') }

function read(message: ViciSection): ReadSection {
  return decodePacket(encodePacket(packetType.response, '', message).subarray(4)).message
}

const upSa = read({
  pop1: {
    uniqueid: '1',
    state: 'ESTABLISHED',
    'child-sas': { 'net-1': { name: definition.child, state: 'INSTALLED' } },
  },
})

/** A charon that tells of no change by an event: what is known of it is what it answers. */
function openWorld() {
  const world = { isUp: false, told: 0, asked: [] as string[] }
  const vici: Vici = {
    async request(command) {
      world.asked.push(command)
      if (command === 'initiate') world.isUp = true
      return read({})
    },
    async list(command) {
      return command === 'list-sas' && world.isUp ? [upSa] : []
    },
    subscribe: async () => undefined,
    onEnd: () => undefined,
    close: () => undefined,
  }
  const time = createManualTime()
  const tunnels = createTunnels({
    connect: async () => vici,
    onChange: () => void world.told++,
    timers: time.timers,
    wallClock: time.wallClock,
    random: randomBytes,
    logger: pino({ level: 'silent' }),
  })
  return Object.assign(world, { vici, tunnels })
}

async function openUp() {
  const world = openWorld()
  const { tunnels, vici } = world
  tunnels.connected(vici)
  tunnels.prove(leaf)
  await tunnels.want([definition])
  await until('the tunnel is up', () => tunnels.states()[0]?.isUp, limit(1_000))
  return world
}

test('a tunnel that this side has begun is up when charon answers so, without waiting for an event', async () => {
  const { told, asked } = await openUp()
  expect(told).toBe(1)
  expect(asked.filter((command) => command === 'initiate')).toHaveLength(1)
})

test('when charon is lost its tunnels are down at once, and whoever wants to know is told, also while none follows', async () => {
  const world = await openUp()
  world.tunnels.lost()
  expect(world.tunnels.states()).toMatchObject([{ name: 'pop1', isUp: false }])
  expect(world.told).toBe(2)
})

test('a charon that follows is told all of it, and its tunnel begun', async () => {
  const { tunnels, vici, asked, ...world } = await openUp()
  tunnels.lost()
  asked.splice(0)
  world.isUp = false
  tunnels.connected(vici)
  await until('the tunnel is up again', () => tunnels.states()[0]?.isUp, limit(1_000))
  expect(asked.slice(0, 4)).toEqual(['clear-creds', 'load-cert', 'load-cert', 'load-key'])
  expect(asked).toContain('load-conn')
})
