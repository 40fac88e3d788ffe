import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Harness, openHarnessOn } from '../../packages/server/src/apis/testing/harness-on.suite.ts'
import type { StoreEvent } from '../../packages/server/src/store/events.ts'
import { openPostgresStore } from '../../packages/server/src/store/postgres/open.ts'
import { type PostgresServer, postgresBin, startPostgres } from '../postgres/server.ts'
import { meetings } from './meetings.suite.ts'

// It takes its time, in which other calls come to their turn, but not tens of milliseconds of a processor.
vi.mock('../../packages/server/src/access/client-passwords.ts', () => ({
  hashClientPassword: () => setImmediate('the hash'),
}))

describe.skipIf(postgresBin === undefined)(
  'calls that meet at two nodes with PostgreSQL (enable with: apt-get install -y postgresql)',
  () => {
    const events: StoreEvent[][] = []
    const nodes: Harness[] = []
    let server: PostgresServer
    beforeAll(async () => {
      server = await startPostgres(postgresBin ?? '')
      const { url: connectionString } = await server.newDatabase()
      for (let node = 0; node < 2; node++) {
        const told: StoreEvent[] = []
        events.push(told)
        const onEvent = (event: StoreEvent): void => void told.push(event)
        nodes.push(await openHarnessOn(() => openPostgresStore({ connectionString, onEvent })))
      }
    })
    afterAll(async () => {
      for (const node of nodes) await node.close()
      await server?.stop()
    })

    meetings(() => nodes)

    test('they did meet: several waited for one commit, and both nodes wrote', () => {
      const shared = events.flat().filter((event) => event.kind === 'committed' && event.works > 1)
      expect(shared.length).toBeGreaterThan(0)
      for (const node of events) expect(node.some(({ kind }) => kind === 'committed')).toBe(true)
    })
  },
)
