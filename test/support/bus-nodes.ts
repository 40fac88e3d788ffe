import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { Bus } from '../../packages/server/src/bus/bus.ts'
import { createNatsBus, type NatsBusOptions } from '../../packages/server/src/bus/nats.ts'
import { type NatsCluster, natsProgram, startNats } from './nats.ts'
import { limit, until } from './time.ts'

export const hasBus = natsProgram !== undefined && spawnSync('openssl', ['version']).status === 0

export interface BusNodes {
  /** Once the tests of the file have begun. */
  readonly nats: NatsCluster
  /** A node that goes to any of these servers; `lines`: what it logs. */
  node(servers: readonly number[], given?: { lines?: string[] } & Pick<NatsBusOptions, 'epochOf' | 'isHeld'>): Bus
  /** Resolves when the asker reaches what the holder has served before. */
  settled(asker: Bus, holder: Bus): Promise<void>
  closeLater(bus: Bus): void
}

/** Three servers of NATS for the tests of one file; nodes are closed after each test. */
export function busNodes(): BusNodes {
  let nats: NatsCluster | undefined
  let probes = 0
  const open: Bus[] = []
  const started = (): NatsCluster => {
    if (nats === undefined) throw new Error('NATS has not been started.')
    return nats
  }

  beforeAll(async () => {
    nats = await startNats(natsProgram ?? '')
  }, limit(90_000))
  afterAll(() => nats?.stop(), limit(30_000))
  afterEach(async () => {
    for (const bus of open.splice(0)) await bus.close()
  })

  return {
    get nats() {
      return started()
    },
    node(servers, { lines = [], ...looks } = {}) {
      const { servers: all, caFile, seed } = started()
      const bus = createNatsBus({
        servers: servers.map((index) => all[index]?.address ?? ''),
        tls: { caFile },
        seed,
        random: randomBytes,
        logger: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
        ...looks,
      })
      open.push(bus)
      return bus
    },
    async settled(asker, holder) {
      const serial = `probe ${++probes}`
      const end = holder.serve(serial, async () => ({}))
      await until('the nodes reach one another', () =>
        asker.request(serial, {}, limit(1000)).then(
          () => true,
          () => false,
        ),
      )
      end()
    },
    closeLater: (bus) => void open.push(bus),
  }
}
