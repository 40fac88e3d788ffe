import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Bus, NoReply } from '../../packages/server/src/bus/bus.ts'
import { createNatsBus, type NatsBusOptions } from '../../packages/server/src/bus/nats.ts'
import { type NatsCluster, natsProgram, startNats } from '../support/nats.ts'
import { limit, until } from '../support/time.ts'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
const long = limit(20_000)

describe.skipIf(natsProgram === undefined || !hasOpenssl)(
  'a gateway that two nodes serve (enable with: apt-get install -y nats-server openssl)',
  () => {
    let nats: NatsCluster
    const open: Bus[] = []

    beforeAll(async () => {
      nats = await startNats(natsProgram ?? '')
    }, limit(90_000))
    afterAll(() => nats?.stop(), limit(30_000))
    afterEach(async () => {
      for (const bus of open.splice(0)) await bus.close()
    })

    function node(server: number, epochOf: NatsBusOptions['epochOf']): Bus {
      const bus = createNatsBus({
        servers: [nats.servers[server]?.address ?? ''],
        tls: { caFile: nats.caFile },
        seed: nats.seed,
        random: randomBytes,
        logger: pino({ level: 'silent' }),
        ...(epochOf === undefined ? {} : { epochOf }),
      })
      open.push(bus)
      return bus
    }

    let probes = 0
    /** Resolves when the asker reaches what the holder has served before. */
    async function settled(asker: Bus, holder: Bus): Promise<void> {
      const serial = `probe ${++probes}`
      const end = holder.serve(serial, async () => ({}))
      await until('the nodes reach one another', () =>
        asker.request(serial, {}, limit(1000)).then(
          () => true,
          () => false,
        ),
      )
      end()
    }

    /** A node that woke up, and the one its gateway has gone to meanwhile; all three read the same store. */
    async function newPlace(epochOf: NatsBusOptions['epochOf']) {
      const [asker, older, newer] = [node(0, epochOf), node(1, epochOf), node(2, epochOf)]
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
  },
)
