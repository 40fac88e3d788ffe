import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { limit } from '../support/time.ts'
import { whatBoxesNeed } from './box.ts'
import { type FaultRun, startFaultRun, type Tally } from './fault-run.ts'
import { startServer, type Told } from './fault-world.ts'
import { faults } from './faults.ts'

const lack = whatBoxesNeed({ openssl: 'openssl', nft: 'nftables', tc: 'iproute2', strace: 'strace' })
const seed = Number(process.env['OPENSAG_SEED'] ?? Date.now() % 1_000_000)
const changes = Number(process.env['OPENSAG_FAULTS'] ?? 150)

describe.skipIf(lack !== undefined)(
  `${changes} changes, each with a fault (seed ${seed})${lack ? ` (${lack})` : ''}`,
  () => {
    let run: FaultRun | undefined

    beforeAll(async () => {
      run = await startFaultRun({ seed, gateways: 16, faults, startServer })
    }, limit(240_000))

    afterAll(() => run?.stop(), limit(60_000))

    test(
      'after each the gateway accepts what was answered, and only that',
      async () => {
        const started = Date.now()
        const tally = await (run as FaultRun).change(changes)
        console.log(`${changes} changes in ${Math.round((Date.now() - started) / 1000)} s, seed ${seed}`)
        for (const [name, outcomes] of tally) console.log(name, Object.fromEntries(outcomes))
        // Both have been seen, or it shows nothing.
        expect(Math.min(countOf(tally, 'success'), countOf(tally, 'failure'))).toBeGreaterThan(changes / 20)
      },
      limit(1_200_000),
    )
  },
)

function countOf(tally: Tally, told: Told['is']): number {
  return [...tally.values()].reduce((sum, outcomes) => sum + (outcomes.get(told) ?? 0), 0)
}
