import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, postgresBin, startPostgres } from '../postgres/server.ts'
import { limit } from '../support/time.ts'
import { whatBoxesNeed } from './box.ts'
import { BrokenPromise, startFaultRun, type Tally } from './fault-run.ts'
import { startServer } from './fault-world.ts'
import { failingServerDisk, noFault } from './faults.ts'
import { type BuiltMutant, makeMutatedTree } from './mutated-tree.ts'
import { stallJournal } from './stalls.ts'

const lack =
  whatBoxesNeed({ openssl: 'openssl', nft: 'nftables', tc: 'iproute2', strace: 'strace' }) ??
  (postgresBin === undefined ? 'to enable: apt-get install -y postgresql' : undefined)
const seed = Number(process.env['OPENSAG_SEED'] ?? Date.now() % 1_000_000)
const gateways = 8
/**
 * How many changes a sound server has to stand, and within how many a mistake has to show. On PostgreSQL none of these does: what a
 * node writes is done in the order in which it was asked for.
 */
const [sound, most] = [40, 400]
/**
 * Longer than the deadline of a change here, and than what its holder may take to answer beyond that. It stops all who write, who
 * have one lane, so it is rare enough for calls in between to be done.
 */
const stall = { oneIn: 6, seconds: 5.5 }
const patience = limit(1_200_000)

/** Wrong changes to the server that every test of that time let pass, and 120 faults on Linux as well. */
const giveUpStaysOnLine: BuiltMutant = {
  name: 'the give-up of a change leaves the gateway on line',
  file: 'server/dist/channel/request-ports.js',
  find: 'if (move.moved && offline)',
  replace: 'if (false)',
}
const failedIsHeld: BuiltMutant = {
  name: 'a password whose call was answered as failed is recorded as held',
  file: 'server/dist/channel/journal.js',
  find: "if (moved && outcome === 'succeeded')",
  replace: "if (outcome === 'succeeded')",
}

describe.skipIf(lack !== undefined)(
  `changes on a database that stands still, and mistakes that have to show (seed ${seed})${lack ? ` (${lack})` : ''}`,
  () => {
    let postgres: PostgresServer | undefined

    beforeAll(async () => {
      postgres = await startPostgres(postgresBin as string)
    }, limit(120_000))
    afterAll(() => postgres?.stop(), limit(60_000))

    /** As many changes, and then as many again until both outcomes were seen: which of them a stall meets is chance. */
    async function onPostgres(changes: number): Promise<Tally> {
      const database = await (postgres as PostgresServer).newDatabase()
      const tree = makeMutatedTree([])
      try {
        const run = await startFaultRun({
          seed,
          gateways,
          faults: [noFault],
          startServer: (place) => startServer(place, tree.program, ['--database', database.url]),
        })
        try {
          await stallJournal(database.url, stall)
          let tally = await run.change(changes)
          for (let more = 0; more < 4 && rarest(tally) === 0; more++) tally = await run.change(changes)
          return tally
        } finally {
          await run.stop()
        }
      } finally {
        tree.remove()
        await database.drop()
      }
    }

    async function onFailingDisk(changes: number, mutants: readonly BuiltMutant[]): Promise<Tally> {
      const tree = makeMutatedTree(mutants)
      try {
        const faults = [failingServerDisk]
        const run = await startFaultRun({
          seed,
          gateways,
          faults,
          startServer: (place) => startServer(place, tree.program),
        })
        try {
          return await run.change(changes)
        } finally {
          await run.stop()
        }
      } finally {
        tree.remove()
      }
    }

    test(
      `after each of ${sound} changes the gateway accepts what was answered, and only that`,
      async () => {
        const tally = await onPostgres(sound)
        console.log(Object.fromEntries(tally.get('nothing') ?? []))
        expect(rarest(tally)).toBeGreaterThan(0)
      },
      patience,
    )

    test(
      `it shows on a disk that fails when ${giveUpStaysOnLine.name}`,
      async () => {
        await expect(onFailingDisk(most, [giveUpStaysOnLine])).rejects.toThrow(BrokenPromise)
      },
      patience,
    )

    test(
      'it shows when both are so at once',
      async () => {
        await expect(onFailingDisk(most, [failedIsHeld, giveUpStaysOnLine])).rejects.toThrow(BrokenPromise)
      },
      patience,
    )
  },
)

/** How often that of both outcomes was told which was told less often. */
function rarest(tally: Tally): number {
  return Math.min(...(['success', 'failure'] as const).map((told) => tally.get('nothing')?.get(told) ?? 0))
}
