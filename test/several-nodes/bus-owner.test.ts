import { describe, expect, test } from 'vitest'
import { type Bus, NoReply } from '../../packages/server/src/bus/bus.ts'
import type { NatsBusOptions } from '../../packages/server/src/bus/nats.ts'
import { busNodes, hasBus } from '../support/bus-nodes.ts'
import { limit, until } from '../support/time.ts'

const long = limit(20_000)

describe.skipIf(!hasBus)('a gateway that two nodes serve (enable with: apt-get install -y nats-server openssl)', () => {
  const { node, settled } = busNodes()

  /** A node that woke up, and the one its gateway has gone to meanwhile; all three read the same store. */
  async function newPlace(epochOf: NonNullable<NatsBusOptions['epochOf']>) {
    const [asker, older, newer] = [0, 1, 2].map((server) => node([server], { epochOf })) as [Bus, Bus, Bus]
    let isReplaced = false
    const replaced = (): void => {
      isReplaced = true
    }
    older.serve('s', async () => ({ from: 'older' }), { epoch: () => 1, replaced })
    await settled(asker, older)
    await settled(asker, newer)
    return { asker, older, newer, isReplaced: () => isReplaced }
  }
  const recorded = { epoch: () => 2, replaced: () => {} }

  test('is answered for by the one whose connection is recorded, and the other lets go', async () => {
    const { asker, newer, isReplaced } = await newPlace(async () => 2)
    // What the older node says would be first.
    newer.serve('s', () => until('the older one lets go', isReplaced).then(() => ({ from: 'newer' })), recorded)
    await settled(asker, newer)
    expect(await asker.request('s', {}, long)).toEqual({ from: 'newer' })
    expect(isReplaced()).toBe(true)
  })

  test('is asked elsewhere also by the node that holds its older connection', async () => {
    const { older, newer, isReplaced } = await newPlace(async () => 2)
    newer.serve('s', async () => ({ from: 'newer' }), recorded)
    await settled(older, newer)
    expect(await older.request('s', {}, long)).toEqual({ from: 'newer' })
    expect(isReplaced()).toBe(true)
  })

  test('is unknown, not absent, where the recorded connection is nowhere', async () => {
    const { asker } = await newPlace(async () => 2)
    await expect(asker.request('s', {}, limit(1500))).rejects.toThrow(NoReply)
  })

  test.each([
    ['whose row is older than its connection', async () => 0],
    ['whose store is away', () => Promise.reject(new Error('away'))],
  ])('%s is answered for', async (_what, epochOf) => {
    const { asker } = await newPlace(epochOf)
    expect(await asker.request('s', {}, long)).toEqual({ from: 'older' })
  })
})
