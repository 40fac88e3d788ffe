import { join } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { limit, timeFactor, until } from '../support/time.ts'
import { cut, heal } from './faults/cut.ts'
import { whatClusterNeeds } from './lack.ts'
import { type Infrastructure, startInfrastructure } from './world/infrastructure.ts'
import { childrenOf } from './world/network.ts'
import type { Service } from './world/service.ts'

const lack = whatClusterNeeds()
/** Milliseconds that a writer may have to wait while the primary moves. */
const longestGap = 15_000

interface Written {
  readonly acknowledged: readonly number[]
  /** Between two acknowledged commits. */
  readonly longestGapMs: number
}

/** The faults of a primary's machine. `end` makes the machine whole again. */
const faults: Readonly<Record<string, { begin(primary: Service): Promise<void>; end(primary: Service): void }>> = {
  'is killed': { begin: (primary) => primary.kill(), end: (primary) => primary.start() },
  'is frozen, and wakes up when there is another': {
    async begin(primary) {
      primary.signal('SIGSTOP')
    },
    end: (primary) => primary.signal('SIGCONT'),
  },
  'is cut off': {
    async begin(primary) {
      cut(primary.machine)
    },
    end: (primary) => heal(primary.machine),
  },
}

describe.skipIf(lack !== undefined)(`PostgreSQL under Patroni, through HAProxy${lack ? ` (${lack})` : ''}`, () => {
  let world: Infrastructure
  beforeAll(async () => {
    world = await startInfrastructure()
  }, limit(240_000))
  afterAll(() => world?.stop())

  test.each(Object.keys(faults))(
    'no acknowledged commit is lost when the primary %s, and writing goes on',
    async (name) => {
      const fault = faults[name]
      await world.database.complete()
      const primary = await until('there is a primary', () => world.database.primary())
      const writer = startWriter(`t${Object.keys(faults).indexOf(name)}`)
      try {
        await until('some are written', () => writer.count() > 20)
        await fault?.begin(primary)
        const other = await until('there is another primary', async () => {
          const found = await world.database.primary()
          return found !== undefined && found !== primary && found
        })
        const before = writer.count()
        await until('writing goes on', () => writer.count() > before + 20)
        fault?.end(primary)
        await world.database.complete()
        expect(await world.database.primary()).toBe(other)
        const { acknowledged, longestGapMs } = await writer.stop()
        console.log(`${name}: ${acknowledged.length} commits, longest gap ${Math.round(longestGapMs)} ms`)
        const found = new Set(await writer.found())
        expect(acknowledged.filter((id) => !found.has(id))).toEqual([])
        expect(longestGapMs).toBeLessThan(longestGap * timeFactor())
      } catch (error) {
        console.error(world.outputs())
        throw error
      } finally {
        await writer.stop()
      }
    },
    limit(300_000),
  )

  /** Writes one row after the other on the first node's machine, by its own way to the primary. */
  function startWriter(table: string): {
    count(): number
    stop(): Promise<Written>
    found(): Promise<readonly number[]>
  } {
    const script = join(import.meta.dirname, 'world/writer.mjs')
    const [machine] = world.nodeMachines
    const child = machine?.spawn([process.execPath, script, table], { OPENSAG_WRITER_DATABASE: world.databaseUrl })
    if (child?.stdout == null) throw new Error('The writer has no output.')
    const acknowledged: number[] = []
    let longestGapMs = 0
    let last: number | undefined
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [id = 0, at = 0] = line.split(' ').map(Number)
      acknowledged.push(id)
      longestGapMs = Math.max(longestGapMs, at - (last ?? at))
      last = at
    })
    const ended = new Promise<void>((done) => child.once('close', () => done()))
    return {
      count() {
        if (child.exitCode !== null) throw new Error('The writer has ended.')
        return acknowledged.length
      },
      async stop() {
        // nsenter does not hand signals on.
        const pid = childrenOf(child.pid ?? 0)[0]
        if (pid !== undefined) process.kill(pid, 'SIGKILL')
        await ended
        return { acknowledged, longestGapMs }
      },
      async found() {
        const primary = await until('there is a primary', () => world.database.primary())
        const client = new pg.Client({ connectionString: world.database.superuserUrl(primary) })
        await client.connect()
        try {
          const { rows } = await client.query<{ id: string }>(`select id from ${table}`)
          return rows.map(({ id }) => Number(id))
        } finally {
          await client.end()
        }
      },
    }
  }
})
