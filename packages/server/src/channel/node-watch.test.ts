import { createManualTime, type ManualTime } from '@opensag/protocol'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../../../../test/support/time.ts'
import { seenNodes } from '../store/gateways/nodes.ts'
import { setConnected } from '../store/gateways/presence.ts'
import { beatMs, type CopiedNode, deadMs, watchNodes } from './node-watch.ts'
import { createTestWorld, serial, type TestWorld } from './testing/channel-world.suite.ts'

let site: TestWorld
const open: { close(): Promise<void> }[] = []
beforeEach(async () => {
  site = await createTestWorld()
})
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
  await site.close()
})

const logger = pino({ level: 'silent' })

interface WatchingNode {
  readonly time: ManualTime
  /** What it was told of another one with its name. */
  readonly copied: readonly CopiedNode[]
  /** Time passes for this node, beat by beat. */
  lives(milliseconds: number): Promise<void>
  close(): Promise<void>
}

/** A node with a clock of its own, so far from that of the others. */
async function node(nodeId: string, clockMs = 0): Promise<WatchingNode> {
  const time = createManualTime(1_700_000_000_000 + clockMs)
  const { wallClock, timers } = time
  const copied: CopiedNode[] = []
  const onCopied = (error: CopiedNode): void => void copied.push(error)
  const watch = await watchNodes({ store: site.store, nodeId, version: '1', wallClock, timers, logger, onCopied })
  open.push(watch)
  return {
    time,
    copied,
    close: () => watch.close(),
    async lives(milliseconds) {
      for (let passed = 0; passed < milliseconds; passed += beatMs) {
        time.advance(beatMs)
        await until('the beat is over', () => time.pending() === 1)
      }
    },
  }
}

const ids = async () => (await site.store.read(seenNodes)).map(({ id }) => id).sort()
const nodeOf = async () => (await site.row())?.node

test('the gateways of a node that is not seen any more are off line within the bound, and not before', async () => {
  const one = await node('one')
  await node('two')
  await site.change(async (tx) => void (await setConnected(tx, serial, { node: 'two', at: 0 })))
  await one.lives(deadMs - beatMs)
  expect(await nodeOf()).toBe('two')
  await one.lives(2 * beatMs)
  expect(await nodeOf()).toBeUndefined()
  expect(await ids()).toEqual(['one'])
  expect(await site.events()).toContain('DeviceOffline')
})

test('a node that is seen keeps its gateways, however wrong its clock is', async () => {
  const one = await node('one')
  const two = await node('two', -3_600_000)
  await site.change(async (tx) => void (await setConnected(tx, serial, { node: 'two', at: 0 })))
  for (let turn = 0; turn < 8; turn++) {
    await one.lives(beatMs)
    await two.lives(beatMs)
  }
  expect(await nodeOf()).toBe('two')
  expect(await ids()).toEqual(['one', 'two'])
})

test('a node that stood still itself gives nobody up for that', async () => {
  const one = await node('one')
  const two = await node('two')
  await site.change(async (tx) => void (await setConnected(tx, serial, { node: 'two', at: 0 })))
  await one.lives(beatMs)
  await two.lives(beatMs)
  // It looks once in all that time.
  one.time.advance(10 * deadMs)
  await until('the beat is over', () => one.time.pending() === 1)
  expect(await nodeOf()).toBe('two')
})

test('a node that comes late has as long as any other', async () => {
  const one = await node('one')
  await one.lives(2 * deadMs)
  await node('two')
  await one.lives(2 * beatMs)
  expect(await ids()).toEqual(['one', 'two'])
})

test('a node that was given up and goes on is there again', async () => {
  const one = await node('one')
  const two = await node('two')
  await one.lives(2 * deadMs)
  expect(await ids()).toEqual(['one'])
  await two.lives(beatMs)
  expect(await ids()).toEqual(['one', 'two'])
})

test('a node that stops is a node no more', async () => {
  const one = await node('one')
  await node('two')
  await one.close()
  expect(await ids()).toEqual(['two'])
})

describe('two processes with one name', () => {
  test('the one that was started later is to end, and the other one goes on', async () => {
    const first = await node('one')
    const second = await node('one', 1)
    // Nobody says in the first words of a process that its last run was another one.
    expect([first.copied, second.copied]).toEqual([[], []])
    for (let turn = 0; turn < 3; turn++) {
      await first.lives(beatMs)
      await second.lives(beatMs)
    }
    expect(first.copied).toEqual([])
    expect(second.copied.map(({ message }) => message)).toEqual([expect.stringContaining('runs as node one too')])
    await second.close()
    await first.lives(beatMs)
    expect(await ids()).toEqual(['one'])
  })

  test('the one that ends does not take the word of the other one back', async () => {
    await node('one')
    const second = await node('one', 1)
    const first = await node('one', 2)
    await second.close()
    expect(await ids()).toEqual(['one'])
    await first.close()
    expect(await ids()).toEqual([])
  })

  test('a node that is started again after it died is told nothing, also when the last word of the dead one comes late', async () => {
    const dead = await node('one')
    const again = await node('one', 60_000)
    await again.lives(beatMs)
    await dead.lives(beatMs)
    await again.lives(3 * beatMs)
    expect(again.copied).toEqual([])
  })
})
